package dev.herald.benchmarks.scale;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The stations that a push passes, in order. */
final class Network {

	private Network() {
	}

	/**
	 * The stations of a plan. Workers and services take what comes next, so all their
	 * instances share one waiting line; a queue, a broker node and a database primary
	 * each have their own.
	 */
	static List<Station> of(Plan plan, PushCost cost, Premises premises) {
		List<Station> stations = new ArrayList<>();
		int cores = premises.coresPerInstance();
		stations.add(pooled(Part.API, plan, cost, cores));
		stations.add(pooled(Part.TOKEN_STORE, plan, cost, cores));
		stations.add(new Station(Part.DATABASE.title(), plan.instances(Part.DATABASE), cores,
				cost.micros(Part.DATABASE), 1));
		stations.add(new Station(Part.BROKER.title(), plan.instances(Part.BROKER), cores,
				cost.micros(Part.BROKER) * premises.replicas(), 1));
		double fcmOfLargest = premises.largestShare() * Math.max(premises.fcmShare(), 1 - premises.fcmShare());
		stations.add(new Station("queues of the largest application, one provider", plan.largestQueues(), 1,
				1e6 / cost.queueRate(), fcmOfLargest));
		stations.add(pooled(Part.WORKER, plan, cost, cores));
		stations.add(new Station("queues of delivery reports", plan.reportQueues(), 1, 1e6 / cost.queueRate(), 1));
		return stations;
	}

	private static Station pooled(Part part, Plan plan, PushCost cost, int cores) {
		return new Station(part.title(), 1, plan.instances(part) * cores, cost.micros(part), 1);
	}

	/** The station that is the first to be busy all the time as the load grows. */
	static Station firstToBreak(List<Station> stations) {
		return stations.stream().min(Comparator.comparingDouble(Station::limit)).orElseThrow();
	}

}
