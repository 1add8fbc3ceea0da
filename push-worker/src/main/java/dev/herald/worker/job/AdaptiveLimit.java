package dev.herald.worker.job;

import java.util.concurrent.TimeUnit;

/**
 * How many pushes may be in flight to one provider at a time: more while it answers as
 * fast as ever, fewer when answers take longer than they used to or fail.
 *
 * <p>
 * What was seen in a window of about a round trip is judged at its end. Answers are slow
 * when they take {@value #SLOW_FACTOR} times the baseline and {@value #NEVER_SLOW_MILLIS}
 * ms more than it: the baseline follows the usual latency, down within a few windows and
 * up within minutes, so that a provider that is always far away is not taken for a slow
 * one. The limit then shrinks in proportion to the slowness, by half at most. Failures
 * shrink it in proportion to their share, by half if all failed (as DCTCP does with
 * marked packets, RFC 8257), so that one lost connection among thousands of pushes is not
 * taken for an outage. It grows by the square root of itself in each window, and doubles
 * until the first time it had to shrink; it does not grow while fewer pushes are in
 * flight than half of what it allows. Safe for use by many threads.
 */
final class AdaptiveLimit {

	/** Below this many at a time nobody is spared by sending fewer. */
	static final int FLOOR = 5;

	/** Where it starts. */
	static final int INITIAL = 20;

	private static final int SLOW_FACTOR = 2;

	private static final long NEVER_SLOW_MILLIS = 100;

	private static final double SHORTEST_WINDOW = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int ENOUGH_SAMPLES = 10;

	/** How fast the baseline rises to what is seen: nearly all of it within minutes. */
	private static final double BASELINE_RISE = TimeUnit.SECONDS.toNanos(60);

	/** Below this share a failure is one connection's, not the provider's. */
	private static final double FAILURES_OF_AN_OUTAGE = 0.1;

	/** How much of the way down the baseline falls in each window. */
	private static final double BASELINE_FALL = 0.3;

	private final int floor;

	private final int ceiling;

	private volatile double limit;

	private boolean starting = true;

	/** In nanoseconds; negative until there is one. */
	private double baseline = -1;

	private Window window;

	/**
	 * @param ceiling the most that is ever allowed, 1 or more
	 * @param now the time in nanoseconds, of whatever origin
	 */
	AdaptiveLimit(int ceiling, long now) {
		this.floor = Math.min(FLOOR, ceiling);
		this.ceiling = ceiling;
		this.limit = Math.min(INITIAL, ceiling);
		this.window = new Window(now);
	}

	/** How many may be in flight now. */
	int current() {
		return (int) limit;
	}

	/**
	 * The provider dealt with a push.
	 * @param latency how long that took, in nanoseconds
	 * @param inFlight how many were in flight
	 */
	synchronized void answered(long latency, int inFlight, long now) {
		window.answers++;
		window.latencies += latency;
		seen(inFlight, now);
	}

	/**
	 * The provider, or the way to it, failed a push, or refused it for being too many.
	 */
	synchronized void failed(int inFlight, long now) {
		window.failures++;
		seen(inFlight, now);
	}

	private void seen(int inFlight, long now) {
		window.mostInFlight = Math.max(window.mostInFlight, inFlight);
		if (window.isOver(now, baseline)) {
			adapt(now);
			window = new Window(now);
		}
	}

	private void adapt(long now) {
		double share = (double) window.failures / window.samples();
		double gradient = gradient();
		learnBaseline(now);
		starting = starting && gradient == 1 && share < FAILURES_OF_AN_OUTAGE;
		boolean used = window.mostInFlight >= limit / 2;
		double growth = used ? starting ? limit : Math.sqrt(limit) : 0;
		limit = Math.clamp(limit * gradient * (1 - share / 2) + growth, floor, ceiling);
	}

	/** 1 while answers are as fast as ever, down to a half when they are slow. */
	private double gradient() {
		if (window.answers == 0 || baseline < 0) {
			return 1;
		}
		double tolerated = Math.max(SLOW_FACTOR * baseline,
				baseline + TimeUnit.MILLISECONDS.toNanos(NEVER_SLOW_MILLIS));
		return Math.clamp(tolerated / window.meanLatency(), 0.5, 1);
	}

	private void learnBaseline(long now) {
		if (window.answers == 0) {
			return;
		}
		double mean = window.meanLatency();
		if (baseline < 0) {
			baseline = mean;
		}
		else {
			double step = mean < baseline ? BASELINE_FALL : Math.min(1, (now - window.start) / BASELINE_RISE);
			baseline += (mean - baseline) * step;
		}
	}

	/** What was seen since the limit was last adapted. */
	private static final class Window {

		private final long start;

		private int answers;

		private int failures;

		private double latencies;

		private int mostInFlight;

		Window(long start) {
			this.start = start;
		}

		int samples() {
			return answers + failures;
		}

		double meanLatency() {
			return latencies / answers;
		}

		/**
		 * A round trip, so that the effect of the last change is seen before the next.
		 */
		boolean isOver(long now, double baseline) {
			double roundTrip = answers == 0 ? baseline : meanLatency();
			return samples() >= ENOUGH_SAMPLES && now - start >= Math.max(SHORTEST_WINDOW, roundTrip);
		}

	}

}
