package dev.herald.worker.targeted;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pairs are taken, for each application by itself.
 *
 * @param prefetch the most pairs that are not acknowledged
 * @param waitForRoom how long a pair waits for room in a job queue that is being worked
 * on; after that the queue counts as one that nobody works on
 * @param giveUpAfter how long after its first failure a pair waits for its article
 */
@ConfigurationProperties("herald.worker.targeted")
record TargetedProperties(@DefaultValue("100") int prefetch, @DefaultValue("10s") Duration waitForRoom,
		@DefaultValue("60m") Duration giveUpAfter) {

	/** What one look-up at the token store takes. */
	private static final int MAX_PREFETCH = 500;

	/**
	 * @throws IllegalArgumentException if a value is out of its bounds
	 */
	TargetedProperties {
		if (prefetch < 1 || prefetch > MAX_PREFETCH) {
			throw new IllegalArgumentException(
					"herald.worker.targeted.prefetch must be 1 to %d, but was %d".formatted(MAX_PREFETCH, prefetch));
		}
		if (waitForRoom.isNegative()) {
			throw new IllegalArgumentException(
					"herald.worker.targeted.wait-for-room must not be negative, but was " + waitForRoom);
		}
		if (!giveUpAfter.isPositive()) {
			throw new IllegalArgumentException(
					"herald.worker.targeted.give-up-after must be positive, but was " + giveUpAfter);
		}
	}

}
