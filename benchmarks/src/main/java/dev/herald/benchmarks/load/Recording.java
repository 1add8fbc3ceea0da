package dev.herald.benchmarks.load;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.house.MeasuredHouse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Waits until the API has written down how the jobs of a load ended. */
public final class Recording {

	private static final int WATCHED = 2000;

	private Recording() {
	}

	/**
	 * Waits for the last ones, which are recorded in about the order in which they were
	 * taken: counting all rows takes the database a while.
	 * @throws BenchmarkFailedException if they are not within patience
	 */
	public static void awaitLast(MeasuredHouse house, Samples samples, Duration patience) {
		List<UUID> taken = IntStream.range(0, samples.count())
			.filter(samples::isTaken)
			.mapToObj(samples::notification)
			.sorted(Comparator.comparing(UUID::toString))
			.toList();
		List<UUID> last = taken.subList(Math.max(0, taken.size() - WATCHED), taken.size());
		house.await("the last of %,d jobs must be recorded".formatted(taken.size()), patience,
				() -> house.ledger().endedSince(last.getFirst()) >= last.size());
	}

	/**
	 * Waits until so many jobs have ended since the house was made.
	 * @return when they had, which is before they were counted if that shows them all at
	 * once; by {@link System#nanoTime()}
	 * @throws BenchmarkFailedException if they have not within patience
	 */
	public static long awaitAll(MeasuredHouse house, long jobs, Duration patience) {
		long watchedNanos = System.nanoTime();
		if (house.ledger().ended() >= jobs) {
			return watchedNanos;
		}
		house.await("%,d jobs must be recorded".formatted(jobs), patience, () -> house.ledger().ended() >= jobs);
		return System.nanoTime();
	}

}
