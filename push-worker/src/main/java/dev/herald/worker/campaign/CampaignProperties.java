package dev.herald.worker.campaign;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a worker takes part in campaigns.
 *
 * @param expanders how many links of broadcasts it works at once
 */
@ConfigurationProperties("herald.worker.campaign")
record CampaignProperties(@DefaultValue("4") int expanders) {

	private static final int MAX_EXPANDERS = 64;

	/**
	 * @throws IllegalArgumentException if the number is outside its bounds
	 */
	CampaignProperties {
		if (expanders < 1 || expanders > MAX_EXPANDERS) {
			throw new IllegalArgumentException(
					"herald.worker.campaign.expanders must be 1 to %d, but was %d".formatted(MAX_EXPANDERS, expanders));
		}
	}

}
