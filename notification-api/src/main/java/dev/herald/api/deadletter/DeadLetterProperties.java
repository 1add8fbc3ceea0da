package dev.herald.api.deadletter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How dead letters are watched.
 *
 * @param countInterval how often they are counted for metrics and health
 */
@ConfigurationProperties("herald.dead-letters")
record DeadLetterProperties(@DefaultValue("30s") Duration countInterval) {

	/**
	 * @throws IllegalArgumentException if the interval is not positive
	 */
	DeadLetterProperties {
		if (!countInterval.isPositive()) {
			throw new IllegalArgumentException(
					"herald.dead-letters.count-interval must be positive, but was " + countInterval);
		}
	}

}
