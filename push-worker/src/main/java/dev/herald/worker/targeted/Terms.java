package dev.herald.worker.targeted;

import dev.herald.common.campaign.CampaignState;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.push.PushPriority;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the notification of a pair is sent: as it says itself, or else its campaign. */
record Terms(PushPriority priority, @Nullable String collapseKey, Instant expiresAt) {

	private static final Duration DEFAULT_TTL = Duration.ofDays(1);

	static Terms of(ReceivedPair received, @Nullable CampaignState campaign) {
		TargetedPair pair = received.pair();
		Integer ttl = pair.ttlSeconds();
		Duration campaignTtl = campaign == null ? DEFAULT_TTL : Duration.ofSeconds(campaign.ttlSeconds());
		return new Terms(
				Objects.requireNonNullElse(pair.priority(),
						campaign == null ? PushPriority.NORMAL : campaign.priority()),
				pair.collapseKey() == null && campaign != null ? campaign.collapseKey() : pair.collapseKey(),
				received.headers().acceptedAt().plus(ttl == null ? campaignTtl : Duration.ofSeconds(ttl)));
	}

}
