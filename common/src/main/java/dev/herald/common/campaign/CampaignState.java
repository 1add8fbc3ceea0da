package dev.herald.common.campaign;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.CampaignId;
import dev.herald.common.push.PushPriority;
import org.jspecify.annotations.Nullable;

/**
 * The notification API's answer to {@code GET /internal/campaigns/{id}}: what a push
 * worker must know of a campaign before it works on a part of it.
 *
 * @param priority of its pushes, unless a pair says otherwise
 * @param collapseKey of its pushes, unless a pair says otherwise, or null
 * @param ttlSeconds how long a push is worth showing, unless a pair says otherwise
 */
public record CampaignState(CampaignId campaignId, CampaignStatus status, PushPriority priority,
		@Nullable String collapseKey, int ttlSeconds) {

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if the time to live is negative
	 */
	public CampaignState {
		requireNonNull(campaignId, "campaign_id is missing");
		requireNonNull(status, "status is missing");
		requireNonNull(priority, "priority is missing");
		if (ttlSeconds < 0) {
			throw new IllegalArgumentException("ttl_seconds must be 0 or more, but was " + ttlSeconds);
		}
	}

}
