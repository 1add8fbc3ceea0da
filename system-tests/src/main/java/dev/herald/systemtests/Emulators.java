package dev.herald.systemtests;

import dev.herald.common.identity.ApplicationId;
import dev.herald.emulators.EmulatorOptions;
import dev.herald.emulators.ProviderEmulators;
import dev.herald.testsupport.TcpGate;
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
			.withRecentPushes(20_000)
			// Repeats are counted by Arrivals.
			.withTrackedForRepeats(0)
			.build());
	}

	/**
	 * @param fcm the gate before FCM
	 * @param apns the gate before APNs
	 */
	static Map<String, Object> workerProperties(ProviderEmulators emulators, TcpGate fcm, TcpGate apns) {
		return Map.of("herald.fcm.endpoint", "https://localhost:" + fcm.port(), "herald.fcm.trusted-ca",
				emulators.authorityFile(), "herald.apns.endpoint", emulators.apnsHost() + ":" + apns.port(),
				"herald.apns.trusted-ca", emulators.authorityFile());
	}

}
