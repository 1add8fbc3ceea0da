package dev.herald.api.campaign;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How fast broadcasts may go beside the requests of senders and apps: they use what is
 * left. Requests are compared with how long the same took while there was no broadcast.
 * The rate grows while hardly any is late, falls the more are, and where nobody asks
 * there is no limit. A delay that grows is the first sign of whatever is short, be it
 * CPU, database or broker (as in LEDBAT, RFC 6817).
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

	/** A step in which no more answers are late than usual. */
	private static final double GROWTH = 1.1;

	/**
	 * So that the rate stays where this share more of the answers is late than usual:
	 * half of what a p99 leaves room for, since it may be one kind of request whose
	 * answers are late.
	 */
	private static final double BEARABLE = 0.005;

	/** Of a step at the most, since the next one tells whether it was enough. */
	private static final double CHANGE = 2;

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

	/** More than usual; less than 0 if fewer. */
	private double late;

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
			late += known.lateness(took.toNanos());
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
		double share = answers == 0 ? 0 : late / answers;
		double change = Math.pow(GROWTH, 1 - share / BEARABLE);
		rate = Math.clamp(rate * Math.clamp(change, 1 / CHANGE, CHANGE), LEAST, NO_MORE_LIMITED);
		beginStep(now);
	}

	private void beginStep(long now) {
		stepBegan = now;
		answers = 0;
		late = 0;
	}

	/**
	 * How long requests of a kind take while there is no broadcast, by how much that
	 * differs, both as TCP knows them of its round trips (RFC 6298), and how many are
	 * late all the same: where a few have more to do than the rest, no broadcast is to
	 * blame.
	 */
	private static final class Usual {

		private static final int KNOWN_FROM = 20;

		private static final int REMEMBERED = 100;

		/**
		 * A share of one in a hundred is not known from fewer, and with more it would be
		 * that of a busier time long after.
		 */
		private static final int LATE_REMEMBERED = 300;

		/** Few are off by so much on their own: of a normal distribution none. */
		private static final double DEVIATIONS = 6;

		/** Where all take as long as each other, a little longer is not late. */
		private static final double HARDLY_LONGER = 1.3;

		private long learned;

		private double nanos;

		private double deviation;

		private double lateShare;

		boolean isKnown() {
			return learned >= KNOWN_FROM;
		}

		void learn(double took) {
			if (isKnown()) {
				lateShare += lateness(took) / Math.min(LATE_REMEMBERED, learned);
			}
			learned++;
			long remembered = Math.min(REMEMBERED, learned);
			nanos += (took - nanos) / remembered;
			deviation += (Math.abs(took - nanos) - deviation) / remembered;
		}

		/** How much later an answer is than usual: 1 at most, and 0 on average. */
		double lateness(double took) {
			return (isLate(took) ? 1 : 0) - lateShare;
		}

		private boolean isLate(double took) {
			return took > Math.max(HARDLY_LONGER * nanos, nanos + DEVIATIONS * deviation);
		}

	}

}
