package dev.herald.api.campaign;

import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign and how far it is.
 *
 * @param devices for how many devices a broadcast is
 * @param jobs its jobs, counted
 * @param pairs the pairs of a targeted push, counted
 * @param perSecond how many jobs ended in a second of late
 * @param secondsLeft how long it will take at this rate, where that can be said
 */
record CampaignView(CampaignId campaignId, CampaignKind kind, CampaignStatus status,
		@Schema(types = "array") List<ApplicationId> applicationIds, @Nullable String title, @Nullable String message,
		@Schema(types = "object") @Nullable Payload payload, @Nullable Integer badge, @Nullable String sound,
		@Nullable URI image, long ttlSeconds, PushPriority priority, @Nullable String collapseKey,
		@Nullable CampaignFilter filter, @Nullable Integer ratePerSecond, @Nullable Long rampUpSeconds,
		Instant acceptedAt, Instant startsAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
		@Nullable CampaignDevices devices, CampaignJobs jobs, @Nullable CampaignPairs pairs, double perSecond,
		@Nullable Long secondsLeft) {

	/**
	 * For how many devices a broadcast is.
	 *
	 * @param exact whether all are known, since each was queued; estimated at the start
	 * otherwise
	 */
	record CampaignDevices(long total, boolean exact) {
	}

	/** Jobs, which balance: {@code queued} is the sum of all the others. */
	record CampaignJobs(long queued, long accepted, long tokenInvalid, long rejected, long expired, long deadLettered,
			long pending) {
	}

	/**
	 * Pairs of a targeted push.
	 *
	 * @param taken those that came over HTTP; of those that were published to the queue
	 * nothing is known before they end
	 */
	record CampaignPairs(long taken, long queued, long noDevices, long noArticle, long givenUp, long expired,
			long cancelled) {
	}

	static CampaignView of(Campaign campaign, CampaignBooks books, int openChains) {
		PushContent content = campaign.content();
		CampaignDevices devices = devices(campaign, books, openChains);
		boolean broadcast = campaign.kind() == CampaignKind.BROADCAST;
		Duration rampUp = campaign.rampUp();
		return new CampaignView(campaign.id(), campaign.kind(), campaign.status(), campaign.applications(),
				content == null ? null : content.title(), content == null ? null : content.message(),
				content == null ? null : content.payload(), content == null ? null : content.badge(),
				content == null ? null : content.sound(), content == null ? null : content.image(),
				campaign.ttl().toSeconds(), campaign.priority(), campaign.collapseKey(),
				broadcast ? campaign.filter() : null, campaign.ratePerSecond(),
				rampUp == null ? null : rampUp.toSeconds(), campaign.acceptedAt(), campaign.startsAt(),
				campaign.startedAt(), campaign.endedAt(), broadcast ? devices : null, jobs(books),
				broadcast ? null : pairs(books), perSecond(campaign, books), secondsLeft(campaign, books, devices));
	}

	private static CampaignDevices devices(Campaign campaign, CampaignBooks books, int openChains) {
		boolean exact = campaign.startedAt() != null && openChains == 0;
		return new CampaignDevices(exact ? books.jobs() : books.of(CampaignCounter.DEVICES_ESTIMATED), exact);
	}

	private static CampaignJobs jobs(CampaignBooks books) {
		return new CampaignJobs(books.jobs(), books.of(CampaignCounter.ACCEPTED),
				books.of(CampaignCounter.TOKEN_INVALID), books.of(CampaignCounter.REJECTED),
				books.of(CampaignCounter.EXPIRED), books.of(CampaignCounter.DEAD_LETTERED), books.pending());
	}

	private static CampaignPairs pairs(CampaignBooks books) {
		return new CampaignPairs(books.of(CampaignCounter.PAIRS_TAKEN), books.of(CampaignCounter.PAIRS_QUEUED),
				books.of(CampaignCounter.PAIRS_NO_DEVICES), books.of(CampaignCounter.PAIRS_NO_ARTICLE),
				books.of(CampaignCounter.PAIRS_GIVEN_UP), books.of(CampaignCounter.PAIRS_EXPIRED),
				books.of(CampaignCounter.PAIRS_CANCELLED));
	}

	private static double perSecond(Campaign campaign, CampaignBooks books) {
		return campaign.status() == CampaignStatus.RUNNING ? books.perSecond() : 0;
	}

	private static @Nullable Long secondsLeft(Campaign campaign, CampaignBooks books, CampaignDevices devices) {
		double perSecond = perSecond(campaign, books);
		if (perSecond <= 0) {
			return null;
		}
		return (long) Math.ceil(Math.max(books.pending(), devices.total() - books.ended()) / perSecond);
	}

}
