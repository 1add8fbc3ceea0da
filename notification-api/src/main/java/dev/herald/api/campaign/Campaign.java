package dev.herald.api.campaign;

import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignState;
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
 * A campaign as it is kept.
 *
 * @param applications the applications it is in
 * @param content what a broadcast shows; null for a targeted push
 * @param filter which devices it is for
 * @param ttl how long it is worth showing, in whole seconds; of a broadcast from its
 * start on
 * @param ratePerSecond the most pushes a second, or null for no limit
 * @param rampUp over how long it comes up to its rate, in whole seconds; null if that is
 * decided at its start
 * @param acceptedAt when it was taken, to the millisecond
 * @param startsAt when it is to start
 * @param startedAt when it started, or null before that
 * @param rampedFrom when it last began to come up to its rate, or null before its start
 * @param endedAt when it ended or was cancelled, or null before that
 */
public record Campaign(CampaignId id, CampaignKind kind, CampaignStatus status, List<ApplicationId> applications,
		PushPriority priority, @Nullable String collapseKey, @Nullable PushContent content, CampaignFilter filter,
		Duration ttl, @Nullable Integer ratePerSecond, @Nullable Duration rampUp, Instant acceptedAt, Instant startsAt,
		@Nullable Instant startedAt, @Nullable Instant rampedFrom, @Nullable Instant endedAt) {

	public Campaign {
		applications = List.copyOf(applications);
	}

	/** A targeted push that takes pairs from now on. */
	public static Campaign targeted(CampaignId id, List<ApplicationId> applications, PushPriority priority,
			@Nullable String collapseKey, Duration ttl, Instant acceptedAt) {
		return new Campaign(id, CampaignKind.TARGETED, CampaignStatus.RUNNING, applications, priority, collapseKey,
				null, CampaignFilter.NONE, ttl, null, null, acceptedAt, acceptedAt, acceptedAt, null, null);
	}

	/** What workers need to know of it. */
	public CampaignState state() {
		return new CampaignState(id, kind, status, (int) ttl.toSeconds(), priority, collapseKey, acceptedAt);
	}

	/** When a broadcast that started is no longer worth showing. */
	Instant expiresAt() {
		return (startedAt == null ? startsAt : startedAt).plus(ttl);
	}

}
