package dev.herald.benchmarks;

import java.util.Arrays;

/**
 * How long things took, sorted. A percentile is the least time that so many in a hundred
 * took no longer than (nearest rank), so it is a time that was seen.
 */
public final class Percentiles {

	private final long[] sortedNanos;

	private Percentiles(long[] sortedNanos) {
		this.sortedNanos = sortedNanos;
	}

	/** Of durations in nanoseconds, in any order. */
	public static Percentiles ofNanos(long[] nanos) {
		long[] sorted = nanos.clone();
		Arrays.sort(sorted);
		return new Percentiles(sorted);
	}

	/** How many there are. */
	public int count() {
		return sortedNanos.length;
	}

	/**
	 * A percentile in milliseconds, {@link Double#NaN} if there is nothing.
	 * @param percent more than 0, up to 100: 99.9
	 * @throws IllegalArgumentException if it is not
	 */
	public double millis(double percent) {
		if (!(percent > 0 && percent <= 100)) {
			throw new IllegalArgumentException("a percentile is more than 0 and up to 100, but was " + percent);
		}
		if (sortedNanos.length == 0) {
			return Double.NaN;
		}
		// The small amount keeps 99.9 % of 1000 at 999, which floating point makes
		// 999.0000000000001.
		int rank = (int) Math.ceil(percent / 100 * sortedNanos.length - 1e-9);
		return sortedNanos[Math.max(rank, 1) - 1] / 1e6;
	}

}
