package dev.herald.benchmarks.limits;

/**
 * What a {@link LibraryMain} is to measure.
 *
 * @param connections HTTP/2 connections, where the library lets one choose
 * @param inFlight how many pushes are under way at a time
 * @param fcm base URL of FCM
 * @param apnsHost where APNs is
 * @param apnsPort likewise
 * @param authority the certificate authority to trust, in PEM
 * @param serviceAccount the key file for FCM
 * @param signingKey the key file for APNs
 * @param teamId of that key
 * @param keyId of that key
 * @param topic of the application
 * @param emulatorsPid the emulators' process, whose CPU time counts as the server's
 * @param warmUpMillis how long it runs before it is measured
 * @param measuredMillis how long it is measured
 */
record LibraryOrder(Contender contender, int connections, int inFlight, String fcm, String apnsHost, int apnsPort,
		String authority, String serviceAccount, String signingKey, String teamId, String keyId, String topic,
		long emulatorsPid, long warmUpMillis, long measuredMillis) {
}
