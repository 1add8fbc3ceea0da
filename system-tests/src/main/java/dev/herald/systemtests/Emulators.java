package dev.herald.systemtests;

import dev.herald.common.identity.ApplicationId;
import dev.herald.emulators.EmulatorOptions;
import dev.herald.emulators.ProviderEmulators;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The emulated providers of a house under test, and how a worker is told of them. */
final class Emulators {

	private Emulators() {
	}

	static ProviderEmulators start(Path directory, List<ApplicationId> applications) {
		return ProviderEmulators.start(EmulatorOptions.in(directory)
			.withApplications(applications.stream().map(ApplicationId::value).toList())
			.withRecentPushes(200_000)
			.withTrackedForRepeats(1_000_000)
			.build());
	}

	static Map<String, Object> workerProperties(ProviderEmulators emulators) {
		return Map.of("herald.fcm.endpoint", emulators.fcmUri(), "herald.fcm.trusted-ca", emulators.authorityFile(),
				"herald.apns.endpoint", emulators.apnsHost() + ":" + emulators.apnsPort(), "herald.apns.trusted-ca",
				emulators.authorityFile());
	}

}
