package dev.herald.api.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the past is kept.
 *
 * @param keep how long notifications and what became of them are kept
 * @param interval how often what is older is forgotten
 */
@ConfigurationProperties("herald.retention")
record RetentionProperties(@DefaultValue("30d") Duration keep, @DefaultValue("10m") Duration interval) {

	private static final Duration SHORTEST = Duration.ofDays(1);

	/**
	 * @throws IllegalArgumentException if the past would be kept for less than a day, or
	 * the interval is not positive
	 */
	RetentionProperties {
		if (keep.compareTo(SHORTEST) < 0) {
			throw new IllegalArgumentException(
					"herald.retention.keep must be at least %s, but was %s".formatted(SHORTEST, keep));
		}
		if (!interval.isPositive()) {
			throw new IllegalArgumentException("herald.retention.interval must be positive, but was " + interval);
		}
	}

}
