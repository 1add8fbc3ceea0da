package dev.herald.worker.job;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much slower a lane sends after its provider said that the application sends too
 * much (Firebase, <em>Best practices when sending FCM messages at scale</em>: 429 means
 * to slow down, for as long as Retry-After says, else a minute).
 *
 * <p>
 * Each second in which that happens halves the rate, down to one push a second, so that
 * the retries of what was refused find a lane that is slow already. Once the provider was
 * left alone for as long as it asked, the rate grows evenly: in a minute to what it was,
 * in another to twice that, and then nothing holds it any more. Not safe for use by many
 * threads.
 */
final class QuotaBackoff {

	private static final Duration UNSAID_PAUSE = Duration.ofSeconds(60);

	private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final double SLOWEST = 1;

	/** Whose quota was used up by others should not take minutes to find its speed. */
	private static final double SLOWEST_FULL = 60;

	private static final double REGROWN_IN_SECONDS = 60;

	/** What was sent in the second under way, and in the whole one before. */
	private int sent;

	private double sentBefore;

	private long secondStart;

	/** Infinite while nothing holds the lane. */
	private double perSecond = Double.POSITIVE_INFINITY;

	/** The rate at which the provider first had enough. */
	private double full;

	private long cutAt;

	private long growsFrom;

	QuotaBackoff(long now) {
		this.secondStart = now;
	}

	/** A push was sent. */
	void sent(long now) {
		roll(now);
		sent++;
	}

	/**
	 * The provider had enough.
	 * @param retryAfter how long it wants to be left alone, or null if it did not say
	 */
	void refused(long now, @Nullable Duration retryAfter) {
		roll(now);
		long pause = (retryAfter == null ? UNSAID_PAUSE : retryAfter).toNanos();
		growsFrom = isHeld() ? Math.max(growsFrom, now + pause) : now + pause;
		if (isHeld() && now - cutAt < SECOND) {
			return;
		}
		double rate = Math.max(sent, sentBefore);
		if (!isHeld()) {
			full = Math.max(SLOWEST_FULL, rate);
		}
		perSecond = Math.max(SLOWEST, Math.min(rate, perSecond) / 2);
		cutAt = now;
	}

	/** Pushes a second that may be sent now; infinite if nothing holds the lane. */
	double perSecond(long now) {
		if (isHeld() && now > growsFrom) {
			perSecond += full / REGROWN_IN_SECONDS * (now - growsFrom) / SECOND;
			growsFrom = now;
			if (perSecond >= 2 * full) {
				perSecond = Double.POSITIVE_INFINITY;
			}
		}
		return perSecond;
	}

	private boolean isHeld() {
		return perSecond != Double.POSITIVE_INFINITY;
	}

	private void roll(long now) {
		double passed = now - secondStart;
		if (passed >= SECOND) {
			sentBefore = passed >= 2 * SECOND ? 0 : sent;
			sent = 0;
			secondStart = now;
		}
	}

}
