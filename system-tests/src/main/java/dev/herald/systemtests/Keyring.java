package dev.herald.systemtests;

import static dev.herald.systemtests.House.RIDER;

import dev.herald.emulators.pushes.Provider;

/** What an application's owner does to its keys at the providers. */
final class Keyring {

	private Keyring() {
	}

	/** Both providers refuse the application's key from now on. */
	static void revoke(House house) {
		for (Provider provider : Provider.values()) {
			house.emulators().revokeCredentials(provider, RIDER.value());
		}
	}

	/** Both providers take the application's key again. */
	static void restore(House house) {
		for (Provider provider : Provider.values()) {
			house.emulators().restoreCredentials(provider, RIDER.value());
		}
	}

	/** The application gets new keys, in the files it had. */
	static void replace(House house) {
		for (Provider provider : Provider.values()) {
			house.emulators().rotateCredentials(provider, RIDER.value());
		}
	}

}
