package dev.herald.worker.credit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Up to where campaigns fill the job queues.
 *
 * @param highWater the jobs that wait in a queue from which on no campaign adds to it:
 * about a second of its work
 */
@ConfigurationProperties("herald.worker.campaign")
record CreditProperties(@DefaultValue("2000") int highWater) {

	private static final int MAX_HIGH_WATER = 100_000;

	/**
	 * @throws IllegalArgumentException if the mark is outside its bounds
	 */
	CreditProperties {
		if (highWater < 1 || highWater > MAX_HIGH_WATER) {
			throw new IllegalArgumentException("herald.worker.campaign.high-water must be 1 to %d, but was %d"
				.formatted(MAX_HIGH_WATER, highWater));
		}
	}

}
