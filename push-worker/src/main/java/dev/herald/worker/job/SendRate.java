package dev.herald.worker.job;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast one lane of one worker may send: its share of the application's quota, and
 * less for a while after the provider said that it was too much. Nobody is blocked; who
 * may not send is told how long to wait. Safe for use by many threads.
 */
final class SendRate {

	/** More than any lane sends: what is unlimited still has a bucket. */
	private static final double UNLIMITED = 1_000_000;

	private static final double REFRESHED_EVERY = TimeUnit.SECONDS.toNanos(1);

	/** What may be sent at once after a pause: the share of a tenth of a second. */
	private static final double BURST_SECONDS = 0.1;

	private final double quota;

	private final TimeMeter time;

	private final QuotaBackoff backoff;

	private final Bucket bucket;

	private double share;

	private double current;

	private long refreshedAt;

	/**
	 * @param perMinute the application's quota, all workers together, or null for none
	 */
	SendRate(@Nullable Integer perMinute, TimeMeter time) {
		this.quota = perMinute == null ? UNLIMITED : perMinute / 60.0;
		this.time = time;
		this.backoff = new QuotaBackoff(time.currentTimeNanos());
		this.share = quota;
		this.current = quota;
		this.refreshedAt = time.currentTimeNanos();
		this.bucket = Bucket.builder()
			.addLimit(configuration(quota).getBandwidths()[0])
			.withCustomTimePrecision(time)
			.build();
	}

	private static BucketConfiguration configuration(double perSecond) {
		long capacity = Math.max(1, (long) (perSecond * BURST_SECONDS));
		Duration perToken = Duration.ofNanos(Math.max(1, (long) (TimeUnit.SECONDS.toNanos(1) / perSecond)));
		return BucketConfiguration.builder()
			.addLimit(limit -> limit.capacity(capacity).refillGreedy(1, perToken))
			.build();
	}

	/**
	 * Takes the right to send one push.
	 * @return 0 if it was taken, else how many nanoseconds to wait at least before asking
	 * again
	 */
	synchronized long tryTake() {
		long now = time.currentTimeNanos();
		if (now - refreshedAt >= REFRESHED_EVERY) {
			refresh(now);
		}
		ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
		if (probe.isConsumed()) {
			backoff.sent(now);
			return 0;
		}
		return Math.max(1, probe.getNanosToWaitForRefill());
	}

	/** The provider said that the application sends too much. */
	synchronized void refused(@Nullable Duration retryAfter) {
		long now = time.currentTimeNanos();
		backoff.refused(now, retryAfter);
		refresh(now);
	}

	/**
	 * The quota is shared by so many workers.
	 * @param consumers of the queue, this one included; fewer than one count as one
	 */
	synchronized void sharedBy(int consumers) {
		share = quota == UNLIMITED ? UNLIMITED : quota / Math.max(1, consumers);
		refresh(time.currentTimeNanos());
	}

	private void refresh(long now) {
		refreshedAt = now;
		double allowed = Math.min(share, backoff.perSecond(now));
		if (allowed != current) {
			current = allowed;
			bucket.replaceConfiguration(configuration(allowed), TokensInheritanceStrategy.AS_IS);
		}
	}

	/** Pushes a second; infinite where there is no limit. */
	synchronized double perSecond() {
		return current >= UNLIMITED ? Double.POSITIVE_INFINITY : current;
	}

}
