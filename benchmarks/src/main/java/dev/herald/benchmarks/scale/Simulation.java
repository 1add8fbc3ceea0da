package dev.herald.benchmarks.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Sends pushes through stations one after the other, event by event. Pushes arrive at
 * random (Poisson), each service takes a random time (exponential), and a push goes to a
 * random unit of a station, as users hash to shards. Since no push ever goes back,
 * stations can be worked through one by one, each in the order of arrival there.
 */
final class Simulation {

	private final SplittableRandom random;

	/**
	 * @param seed the same seed gives the same figures
	 */
	Simulation(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/**
	 * Runs it.
	 * @param pushes how many arrive; the first tenth, while lines fill, is not counted
	 */
	Outcome run(List<Station> stations, double pushesPerSecond, int pushes) {
		double[] arrived = arrivals(pushesPerSecond, pushes);
		double[] now = arrived.clone();
		List<Double> p99Waits = new ArrayList<>();
		List<Double> meanWaits = new ArrayList<>();
		for (Station station : stations) {
			double[] waits = pass(station, now);
			meanWaits.add(Arrays.stream(waits).average().orElse(0));
			p99Waits.add(percentile(waits, 0.99));
		}
		double[] took = new double[pushes - pushes / 10];
		for (int i = 0; i < took.length; i++) {
			took[i] = now[pushes / 10 + i] - arrived[pushes / 10 + i];
		}
		return new Outcome(throughput(arrived, now), percentile(took, 0.5), percentile(took, 0.99), meanWaits,
				p99Waits);
	}

	private double[] arrivals(double pushesPerSecond, int pushes) {
		double[] times = new double[pushes];
		double time = 0;
		for (int i = 0; i < pushes; i++) {
			time += exponential(1e6 / pushesPerSecond);
			times[i] = time;
		}
		return times;
	}

	/**
	 * Takes every push through a station.
	 * @param now when each push arrives, changed to when it leaves; by push
	 * @return how long pushes waited here, of those that are counted
	 */
	private double[] pass(Station station, double[] now) {
		PriorityQueue<Double>[] free = units(station);
		Integer[] order = order(now);
		double[] waits = new double[now.length];
		int counted = 0;
		for (int at : order) {
			if (station.share() < 1 && random.nextDouble() >= station.share()) {
				continue;
			}
			PriorityQueue<Double> unit = free[random.nextInt(station.units())];
			double begins = Math.max(now[at], unit.isEmpty() ? 0 : unit.remove());
			if (at >= now.length / 10) {
				waits[counted++] = begins - now[at];
			}
			now[at] = begins + exponential(station.serviceMicros());
			unit.add(now[at]);
		}
		return Arrays.copyOf(waits, counted);
	}

	@SuppressWarnings({ "unchecked", "rawtypes" }) // an array of a generic type
	private static PriorityQueue<Double>[] units(Station station) {
		PriorityQueue<Double>[] units = new PriorityQueue[station.units()];
		for (int i = 0; i < units.length; i++) {
			units[i] = new PriorityQueue<>();
			for (int server = 0; server < station.servers(); server++) {
				units[i].add(0.0);
			}
		}
		return units;
	}

	private static Integer[] order(double[] times) {
		Integer[] order = new Integer[times.length];
		Arrays.setAll(order, i -> i);
		// Nearly sorted already, which is what this sort is good at.
		Arrays.sort(order, (left, right) -> Double.compare(times[left], times[right]));
		return order;
	}

	private double exponential(double mean) {
		return -mean * Math.log(1 - random.nextDouble());
	}

	private static double throughput(double[] arrived, double[] left) {
		double last = Arrays.stream(left).max().orElse(Double.NaN);
		return arrived.length / last * 1e6;
	}

	private static double percentile(double[] values, double share) {
		if (values.length == 0) {
			return Double.NaN;
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
	}

	/**
	 * What came out.
	 *
	 * @param throughput pushes a second that got through, from the first's arrival to the
	 * last's end
	 * @param p50Micros from arrival to end, half of them at most
	 * @param p99Micros likewise, 99 of a hundred
	 * @param meanWaits the mean µs waited at each station
	 * @param p99Waits µs waited at each station, 99 of a hundred at most
	 */
	record Outcome(double throughput, double p50Micros, double p99Micros, List<Double> meanWaits,
			List<Double> p99Waits) {

		/**
		 * Whether nearly all that came got through in the time it came in: no waiting
		 * line grows.
		 */
		boolean keepsUpWith(double pushesPerSecond) {
			return throughput > 0.97 * pushesPerSecond;
		}

	}

}
