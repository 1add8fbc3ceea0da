package dev.herald.worker.job;

import dev.herald.worker.retry.RetryPolicy;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a worker takes on at a time. All limits are per application and provider, so
 * that none harms another.
 *
 * @param prefetch the most unacknowledged jobs
 * @param maxInFlight the most pushes without an answer; the rest of the prefetched wait
 * or have their reports confirmed
 * @param drainTimeout how long pushes in flight may take to finish on shutdown
 * @param pause how long a refused application waits until it is tried again
 * @param retry when a failed push is tried again
 */
@ConfigurationProperties("herald.worker")
public record WorkerProperties(@DefaultValue("1000") int prefetch, @DefaultValue("800") int maxInFlight,
		@DefaultValue("20s") Duration drainTimeout, @DefaultValue PauseIntervals pause,
		@DefaultValue RetryPolicy retry) {

	/**
	 * @throws IllegalArgumentException if a limit is outside its bounds
	 */
	public WorkerProperties {
		// AMQP's prefetch count has 16 bits.
		if (prefetch < 1 || prefetch > 65535) {
			throw new IllegalArgumentException("herald.worker.prefetch must be 1 to 65535, but was " + prefetch);
		}
		if (maxInFlight < 1 || maxInFlight > prefetch) {
			throw new IllegalArgumentException(
					"herald.worker.max-in-flight must be 1 to herald.worker.prefetch (%d), but was %d"
						.formatted(prefetch, maxInFlight));
		}
		if (drainTimeout.isNegative()) {
			throw new IllegalArgumentException(
					"herald.worker.drain-timeout must not be negative, but was " + drainTimeout);
		}
	}

}
