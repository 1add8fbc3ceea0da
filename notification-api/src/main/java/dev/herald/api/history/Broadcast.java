package dev.herald.api.history;

import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A broadcast as everyone was shown it.
 *
 * @param applications those it is in
 * @param books the jobs of all devices
 */
record Broadcast(CampaignId campaignId, CampaignStatus status, PushContent content, PushPriority priority,
		@Nullable String collapseKey, Instant acceptedAt, Instant expiresAt, List<ApplicationId> applications,
		Books books) {

	Broadcast {
		applications = List.copyOf(applications);
	}

	NotificationId id() {
		return campaignId.broadcastNotification();
	}

}
