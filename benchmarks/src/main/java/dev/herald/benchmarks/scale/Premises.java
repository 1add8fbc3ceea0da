package dev.herald.benchmarks.scale;

/**
 * What a plan takes for granted. None of it is measured here: the first five are choices,
 * the rest is what the vendors write or what Herald is set to.
 *
 * @param coresPerInstance cores of every machine and every instance
 * @param utilisation how busy a core may be, so that bursts and a lost instance are borne
 * @param largestShare the largest application's share of all pushes
 * @param fcmShare FCM's share of an application's pushes
 * @param roundTripMillis what a provider takes to answer
 * @param replicas members of each quorum queue; each is reckoned to cost as much CPU time
 * as the only member did when it was measured, which is more than a follower needs
 * @param fcmQuotaPerSecond Firebase, <em>Throttling and quotas</em>: 600,000 messages a
 * minute for a project, unless Google grants more
 * @param fcmStreams pushes in flight on a connection to FCM
 * @param apnsStreams pushes in flight on a connection to APNs, as its servers announce
 * them
 * @param maxInFlight pushes of one application and provider that a worker has under way,
 * {@code herald.worker.max-in-flight}
 * @param poolConnections database connections of an instance of the API or the token
 * store, both pools together
 */
record Premises(int coresPerInstance, double utilisation, double largestShare, double fcmShare, double roundTripMillis,
		int replicas, double fcmQuotaPerSecond, int fcmStreams, int apnsStreams, int maxInFlight, int poolConnections) {

	/** Eight cores kept six tenths busy, and one application that is most of the load. */
	static Premises usual() {
		return new Premises(8, 0.6, 0.8, 0.5, 100, 3, 10_000, 90, 1_000, 800, 12);
	}

}
