package dev.herald.api.campaign;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How fast broadcasts may go beside the requests of senders and apps: they use what is
 * left. Requests are compared with how long the same took while there was no broadcast.
 * While they hardly take longer the rate grows, when they do it is halved, and where
 * nobody asks there is no limit. A delay that grows is the first sign of whatever is
 * short, be it CPU, database or broker (as in LEDBAT, RFC 6817).
 *
 * <p>
 * Each instance sees its own requests. Safe for use by many threads.
 */
final class GivingWay {

	/** A broadcast beside requests begins with this many pushes a second. */
	static final double GENTLE = 200;

	/** And goes on with as many at the worst: it is to end some day. */
	static final double LEAST = 100;

	/** Nearly none: an operator who looks now and then stops nothing. */
	static final double FEW_REQUESTS_A_SECOND = 1;

	/** Times as long as without a broadcast, on average: the rate is halved. */
	private static final double SLOWED = 1.3;

	/** The rate grows up to here. */
	private static final double HARDLY_SLOWED = 1.15;

	/** So that a single one says no more than some late ones. */
	private static final double LATEST = 5;

	private static final double GROWTH = 1.1;

	private static final double NO_MORE_LIMITED = 10_000;

	private static final long STEP = Duration.ofMillis(500).toNanos();

	private static final long LONGEST_STEP = Duration.ofSeconds(5).toNanos();

	private static final int ENOUGH_ANSWERS = 10;

	/** The last pages of a broadcast are sent by then. */
	private static final long UNDER_WAY = Duration.ofSeconds(5).toNanos();

	private static final double REMEMBERED_SECONDS = 30;

	private final LongSupplier nanoTime;

	private final Map<String, Usual> usual = new HashMap<>();

	private double requests;

	private long lastRequest;

	private long lastPage;

	private double rate = Double.POSITIVE_INFINITY;

	private long stepBegan;

	private int answers;

	private double slowdowns;

	/**
	 * @param nanoTime as {@link System#nanoTime}
	 */
	GivingWay(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.lastRequest = nanoTime.getAsLong();
		this.lastPage = lastRequest - UNDER_WAY;
	}

	/**
	 * A request of somebody who waits for the answer was answered.
	 * @param kind requests of a kind take about as long as each other
	 */
	synchronized void answered(String kind, Duration took) {
		long now = nanoTime.getAsLong();
		requests = requests(now) + 1;
		lastRequest = now;
		Usual known = usual.computeIfAbsent(kind, ignored -> new Usual());
		if (!isUnderWay(now) || !known.isKnown()) {
			known.learn(took.toNanos());
		}
		else if (Double.isFinite(rate)) {
			answers++;
			slowdowns += Math.min(LATEST, took.toNanos() / known.nanos);
			step(now);
		}
	}

	/**
	 * How many pushes a second all broadcasts together may begin now; infinite for no
	 * limit. To be asked when a page is claimed: whoever asks has a broadcast under way.
	 */
	synchronized double perSecond() {
		long now = nanoTime.getAsLong();
		boolean began = !isUnderWay(now);
		lastPage = now;
		if (requests(now) < FEW_REQUESTS_A_SECOND * REMEMBERED_SECONDS) {
			rate = Double.POSITIVE_INFINITY;
		}
		else if (began || Double.isInfinite(rate)) {
			rate = GENTLE;
			beginStep(now);
		}
		else {
			step(now);
		}
		return limit();
	}

	/** What {@link #perSecond()} said last. */
	synchronized double limit() {
		return rate < NO_MORE_LIMITED ? rate : Double.POSITIVE_INFINITY;
	}

	private boolean isUnderWay(long now) {
		return now - lastPage < UNDER_WAY;
	}

	/** The requests of the last while, each counting less the older it is. */
	private double requests(long now) {
		return requests * Math.exp(-(now - lastRequest) / (REMEMBERED_SECONDS * 1e9));
	}

	private void step(long now) {
		long lasted = now - stepBegan;
		if (lasted < STEP || answers < ENOUGH_ANSWERS && lasted < LONGEST_STEP) {
			return;
		}
		double slowdown = answers == 0 ? 1 : slowdowns / answers;
		if (slowdown > SLOWED) {
			rate = Math.max(LEAST, rate / 2);
		}
		else if (slowdown < HARDLY_SLOWED) {
			rate = Math.min(NO_MORE_LIMITED, rate * GROWTH);
		}
		beginStep(now);
	}

	private void beginStep(long now) {
		stepBegan = now;
		answers = 0;
		slowdowns = 0;
	}

	/** How long requests of a kind take while there is no broadcast. */
	private static final class Usual {

		private static final int KNOWN_FROM = 20;

		private static final int REMEMBERED = 100;

		private int learned;

		private double nanos;

		boolean isKnown() {
			return learned >= KNOWN_FROM;
		}

		void learn(double took) {
			learned = Math.min(REMEMBERED, learned + 1);
			nanos += (took - nanos) / learned;
		}

	}

}
