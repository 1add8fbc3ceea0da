package dev.herald.benchmarks.single;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.Percentiles;
import dev.herald.benchmarks.house.Landings;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.load.Notifications;
import dev.herald.benchmarks.load.Recording;
import dev.herald.benchmarks.load.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One load from its first request until the last job was recorded.
 *
 * @param jobs how many jobs were taken, and ended
 * @param refused how many requests were answered with anything but 202
 * @param perSecond jobs a second, from the first request until all were recorded
 * @param perSecondSent jobs a second, from the first request until the last was at its
 * provider
 * @param toProvider from request to provider
 * @param answers from request to answer
 * @param usage what it cost
 */
record Phase(long jobs, int refused, double perSecond, double perSecondSent, Percentiles toProvider,
		Percentiles answers, CpuMeter.Usage usage) {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/**
	 * Runs a load and checks its books.
	 * @throws BenchmarkFailedException if a notification that was taken did not reach its
	 * provider, or is not recorded as accepted
	 */
	static Phase run(MeasuredHouse house, SingleLoad load) throws InterruptedException {
		house.emulators().forget();
		CpuMeter meter = house.meter();
		long before = house.ledger().ended();
		CpuMeter.Reading began = meter.read();
		Samples samples = load.run();
		long jobs = samples.jobs();
		BenchmarkFailedException.require(jobs > 0, "requests must be answered with 202",
				"%d were with 503, %d not at all, of %d".formatted(samples.count(503), samples.count(0),
						samples.count()));
		house.await("%,d jobs must reach their providers".formatted(jobs), PATIENCE,
				() -> house.emulators().count() >= jobs);
		Recording.awaitLast(house, samples, PATIENCE);
		CpuMeter.Usage usage = meter.read().since(began);
		long recordedNanos = Recording.awaitAll(house, before + jobs, PATIENCE);
		Landings landings = house.emulators().landings();
		long firstNanos = samples.firstBeginNanos();
		return new Phase(jobs, samples.count() - samples.count(202), perSecond(jobs, recordedNanos - firstNanos),
				perSecond(jobs, landings.lastNanos() - firstNanos), toProvider(samples, landings),
				samples.answers(Notifications.POST), usage);
	}

	private static double perSecond(long jobs, long nanos) {
		return jobs / (nanos / 1e9);
	}

	private static Percentiles toProvider(Samples samples, Landings landings) {
		Map<UUID, Long> firsts = landings.firsts();
		return Percentiles.ofNanos(IntStream.range(0, samples.count())
			.filter(samples::isTaken)
			.mapToLong(sample -> nanosToProvider(samples, sample, firsts))
			.toArray());
	}

	private static long nanosToProvider(Samples samples, int sample, Map<UUID, Long> firsts) {
		UUID notification = samples.notification(sample);
		Long landed = firsts.get(notification);
		if (landed == null) {
			throw new BenchmarkFailedException(
					"every notification that was taken must reach its provider, but %s did not"
						.formatted(notification));
		}
		return landed - samples.beginNanos(sample);
	}

	/** A load, given its requests and its length. */
	@FunctionalInterface
	interface SingleLoad {

		Samples run() throws InterruptedException;

	}

}
