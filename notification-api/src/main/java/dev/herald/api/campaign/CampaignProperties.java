package dev.herald.api.campaign;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How broadcasts run.
 *
 * @param chains the most chains for each application and provider: how many workers share
 * one
 * @param keepOffQuarterHours whether large broadcasts over FCM wait while everyone else's
 * start: Firebase asks to avoid the minutes around :00, :15, :30 and :45 (<em>Best
 * practices when sending FCM messages at scale</em>)
 * @param rampUpPeak to how many pushes a second a broadcast without a rate ramps up; the
 * default is FCM's default quota of 600,000 a minute
 * @param giveWay whether broadcasts slow down as soon as the requests of senders and apps
 * take longer than without them
 */
@ConfigurationProperties("herald.campaigns")
record CampaignProperties(@DefaultValue("4") int chains, @DefaultValue("true") boolean keepOffQuarterHours,
		@DefaultValue("10000") int rampUpPeak, @DefaultValue("true") boolean giveWay) {

	/**
	 * @throws IllegalArgumentException if a value is out of its bounds
	 */
	CampaignProperties {
		if (chains < 1 || chains > 64) {
			throw new IllegalArgumentException("herald.campaigns.chains must be 1 to 64, but was " + chains);
		}
		if (rampUpPeak < 1) {
			throw new IllegalArgumentException(
					"herald.campaigns.ramp-up-peak must be 1 or more, but was " + rampUpPeak);
		}
	}

}
