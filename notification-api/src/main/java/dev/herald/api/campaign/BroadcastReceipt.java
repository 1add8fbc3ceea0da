package dev.herald.api.campaign;

import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.CampaignId;

/**
 * The answer to {@code POST /broadcast}.
 *
 * @param status {@code scheduled}: it starts within seconds, or at its time
 */
record BroadcastReceipt(CampaignId campaignId, CampaignStatus status) {

	static BroadcastReceipt of(CampaignId id) {
		return new BroadcastReceipt(id, CampaignStatus.SCHEDULED);
	}

}
