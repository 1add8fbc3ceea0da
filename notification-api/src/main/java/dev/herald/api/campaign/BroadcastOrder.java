package dev.herald.api.campaign;

import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a valid request asks for.
 *
 * @param applications empty for every one
 * @param startsAt when to start, or null for now
 */
record BroadcastOrder(List<ApplicationId> applications, PushContent content, PushPriority priority,
		@Nullable String collapseKey, Duration ttl, CampaignFilter filter, @Nullable Integer ratePerSecond,
		@Nullable Duration rampUp, @Nullable Instant startsAt) {

	/**
	 * Between being taken and its start: one whose sender was told that it was not taken
	 * is withdrawn in this time.
	 */
	static final Duration GRACE = Duration.ofSeconds(3);

	Campaign accept(CampaignId id, List<ApplicationId> resolved, Instant acceptedAt) {
		Instant earliest = acceptedAt.plus(GRACE);
		Instant start = startsAt == null || startsAt.isBefore(earliest) ? earliest : startsAt;
		return new Campaign(id, CampaignKind.BROADCAST, CampaignStatus.SCHEDULED, resolved, priority, collapseKey,
				content, filter, ttl, ratePerSecond, rampUp, acceptedAt, start, null, null, null);
	}

}
