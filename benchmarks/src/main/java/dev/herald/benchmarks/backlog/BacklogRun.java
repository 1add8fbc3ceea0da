package dev.herald.benchmarks.backlog;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.house.Landings;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.load.HttpLoad;
import dev.herald.benchmarks.load.Notifications;
import dev.herald.benchmarks.load.Recording;
import dev.herald.benchmarks.load.Samples;
import dev.herald.systemtests.ServiceProcess;
import java.time.Duration;

/**
 * A backlog from the moment the push worker goes on until its last job was recorded.
 *
 * @param jobs how many waited, each accepted by its provider at least once
 * @param refused how many requests were not taken while they gathered
 * @param perSecond pushes a second, between the first arrival and the last
 * @param usage what it cost
 */
record BacklogRun(long jobs, long refused, double perSecond, CpuMeter.Usage usage) {

	/** Broker and worker wait for each other's heartbeat for a minute. */
	static final Duration LONGEST_GATHERING = Duration.ofSeconds(30);

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/**
	 * Gathers notifications while the worker stands still, and measures what it does
	 * then.
	 * @param gathering for how long they are sent, at most {@link #LONGEST_GATHERING}
	 * @throws BenchmarkFailedException if one of them did not arrive, or is not recorded
	 */
	static BacklogRun of(MeasuredHouse house, HttpLoad load, Notifications notifications, Duration gathering)
			throws InterruptedException {
		ServiceProcess worker = house.workers().getFirst();
		house.emulators().forget();
		CpuMeter meter = house.meter();
		long before = house.ledger().ended();
		Samples samples;
		CpuMeter.Reading began;
		worker.pause();
		try {
			samples = load.closedLoop(notifications::post, gathering);
			began = meter.read();
		}
		finally {
			worker.resume();
		}
		long jobs = samples.jobs();
		BenchmarkFailedException.require(jobs > 0, "notifications must be taken while the worker stands still",
				"none was");
		house.await("%,d jobs must reach their providers".formatted(jobs), PATIENCE,
				() -> house.emulators().count() >= jobs);
		Recording.awaitLast(house, samples, PATIENCE);
		CpuMeter.Usage usage = meter.read().since(began);
		Recording.awaitAll(house, before + jobs, PATIENCE);
		return new BacklogRun(jobs, samples.count() - samples.count(202), perSecond(house, jobs), usage);
	}

	private static double perSecond(MeasuredHouse house, long jobs) {
		Landings landings = house.emulators().landings();
		BenchmarkFailedException.require(landings.jobs() >= jobs, "each of %,d jobs must have arrived".formatted(jobs),
				"%,d have".formatted(landings.jobs()));
		return landings.perSecond();
	}

	/** What a part has used for each push, in CPU µs. */
	double perPush(String part) {
		return usage.perPush(part, jobs);
	}

}
