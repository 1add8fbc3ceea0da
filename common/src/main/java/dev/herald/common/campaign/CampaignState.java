package dev.herald.common.campaign;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.CampaignId;
import dev.herald.common.push.PushPriority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The notification API's answer to {@code GET /internal/campaigns/{id}}: what a worker
 * needs to know of the campaign that a pair is part of.
 *
 * @param ttlSeconds how long its notifications are worth showing
 * @param collapseKey pushes of one device with the same key replace each other, or null
 * @param acceptedAt when the campaign was taken
 */
public record CampaignState(CampaignId campaignId, CampaignKind kind, CampaignStatus status, int ttlSeconds,
		PushPriority priority, @Nullable String collapseKey, Instant acceptedAt) {

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 */
	public CampaignState {
		requireNonNull(campaignId, "campaign_id is missing");
		requireNonNull(kind, "kind is missing");
		requireNonNull(status, "status is missing");
		requireNonNull(priority, "priority is missing");
		requireNonNull(acceptedAt, "accepted_at is missing");
	}

}
