package dev.herald.benchmarks.scale;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many of everything a load needs.
 *
 * @param pushesPerSecond the load
 * @param instances of each part; of the broker its nodes, of the database its primaries
 * (each with the replicas one wants beside it)
 * @param largestQueues into how many queues the jobs of the largest application have to
 * be split, for each provider; 1 is what Herald does
 * @param reportQueues into how many queues the delivery reports have to be split; 1 is
 * what Herald does
 * @param fcmConnections HTTP/2 connections to FCM, all workers together
 * @param apnsConnections HTTP/2 connections to APNs, all workers together
 * @param fcmQuotas by how much the largest application's FCM project needs a higher quota
 * than the default, 1 or less for none
 * @param databaseConnections pooled connections to each database primary, if every
 * instance may ask every primary
 */
record Plan(double pushesPerSecond, Map<Part, Integer> instances, int largestQueues, int reportQueues,
		int fcmConnections, int apnsConnections, double fcmQuotas, int databaseConnections) {

	/** The least of everything that bears the load. */
	static Plan of(double pushesPerSecond, PushCost cost, Premises premises) {
		Map<Part, Integer> instances = new EnumMap<>(Part.class);
		for (Part part : Part.values()) {
			instances.put(part, instances(part, pushesPerSecond, cost, premises));
		}
		double largestFcm = pushesPerSecond * premises.largestShare() * premises.fcmShare();
		double largestApns = pushesPerSecond * premises.largestShare() * (1 - premises.fcmShare());
		double inFlight = pushesPerSecond * premises.roundTripMillis() / 1000;
		return new Plan(pushesPerSecond, Map.copyOf(instances),
				up(Math.max(largestFcm, largestApns) / (cost.queueRate() * premises.utilisation())),
				up(pushesPerSecond / (cost.queueRate() * premises.utilisation())),
				up(inFlight * premises.fcmShare() / premises.fcmStreams()),
				up(inFlight * (1 - premises.fcmShare()) / premises.apnsStreams()),
				largestFcm / premises.fcmQuotaPerSecond(),
				(instances.getOrDefault(Part.API, 0) + instances.getOrDefault(Part.TOKEN_STORE, 0))
						* premises.poolConnections());
	}

	/** A quorum needs its members on machines of their own. */
	private static int instances(Part part, double pushesPerSecond, PushCost cost, Premises premises) {
		double bearable = premises.coresPerInstance() * premises.utilisation();
		double needed = pushesPerSecond * cost.micros(part) / 1e6;
		return switch (part) {
			case BROKER -> Math.max(premises.replicas(), up(needed * premises.replicas() / bearable));
			case WORKER -> Math.max(up(needed / bearable), workersForLargest(pushesPerSecond, premises));
			case API, TOKEN_STORE, DATABASE -> up(needed / bearable);
		};
	}

	/**
	 * A worker has so many pushes of one application and provider under way, not more.
	 */
	private static int workersForLargest(double pushesPerSecond, Premises premises) {
		double largest = pushesPerSecond * premises.largestShare()
				* Math.max(premises.fcmShare(), 1 - premises.fcmShare());
		return up(largest * premises.roundTripMillis() / 1000 / premises.maxInFlight());
	}

	int instances(Part part) {
		return instances.getOrDefault(part, 0);
	}

	private static int up(double number) {
		return Math.max(1, (int) Math.ceil(number));
	}

}
