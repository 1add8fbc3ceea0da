package dev.herald.api.campaign;

import dev.herald.common.device.DeviceCount;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The devices of one application and provider that a broadcast is for. */
record Audience(ApplicationId applicationId, Provider provider, DeviceCount count) {

	/**
	 * Splits the range of their registrations into chains of about the same length; a few
	 * devices need but one.
	 * @param firstNumber the number of the first chain
	 * @param most the most chains
	 */
	List<Chain> chains(CampaignId campaign, int firstNumber, int most, Instant now) {
		long first = count.beforeFirst();
		long last = count.last();
		long number = Math.clamp(Math.ceilDiv(count.devices(), Pace.LARGEST_PAGE), 1, most);
		List<Chain> chains = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			long after = first + (last - first) * i / number;
			long end = first + (last - first) * (i + 1) / number;
			chains.add(Chain.first(campaign, firstNumber + i, applicationId, provider, after, end, now));
		}
		return chains;
	}

}
