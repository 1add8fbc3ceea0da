package dev.herald.api.targeted;

import dev.herald.api.campaign.Campaign;
import dev.herald.api.campaign.CampaignBooks;
import dev.herald.api.campaign.CampaignCounter;
import dev.herald.api.campaign.Campaigns;
import dev.herald.api.idempotency.IdempotencyKeys;
import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.campaign.PairIdentity;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends targeted pushes when everything taken is accounted for and no job is pending, and
 * forgets what is too old. Several instances may do so at once: each step is a condition
 * on a row.
 */
final class TargetedTender implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(TargetedTender.class);

	/**
	 * Longer than a pair waits for its article. A pair that was posted twice is counted
	 * once, so that the count of lines may never be reached: then this is waited for.
	 */
	private static final Duration QUIET = Duration.ofMinutes(90);

	/** A stream whose end nobody noted, since the service died, has ended by then. */
	private static final Duration LONGEST_STREAM = Duration.ofDays(2);

	private static final Duration SAMPLE = Duration.ofSeconds(2);

	private static final int CHUNK = 1000;

	private final Campaigns campaigns;

	private final JdbcPairs pairs;

	private final JdbcTargetedRequests requests;

	private final Duration keep;

	private final Clock clock;

	TargetedTender(Campaigns campaigns, JdbcPairs pairs, JdbcTargetedRequests requests, Duration keep, Clock clock) {
		this.campaigns = campaigns;
		this.pairs = pairs;
		this.requests = requests;
		this.keep = keep;
		this.clock = clock;
	}

	/** One look at everything; never throws, since the schedule would end with it. */
	@Override
	public void run() {
		try {
			for (CampaignId id : campaigns.withStatus(CampaignKind.TARGETED, CampaignStatus.RUNNING)) {
				campaigns.find(id).ifPresent(this::tend);
			}
			Instant now = clock.instant();
			pairs.deleteBefore(now.minus(keep), CHUNK);
			requests.deleteBefore(now.minus(IdempotencyKeys.KEPT), CHUNK);
		}
		catch (RuntimeException ex) {
			log.warn("Cannot look for targeted pushes, and will again: {}", ex.getMessage());
		}
	}

	private void tend(Campaign campaign) {
		CampaignBooks books = campaigns.books(campaign.id()).orElse(null);
		if (books == null) {
			return;
		}
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		if (isOver(campaign, books, pairs.moments(campaign.id()), now)) {
			if (campaigns.end(campaign.id(), now)) {
				log.info("Targeted push {} has ended: {}", campaign.id(), books.counts());
			}
			return;
		}
		long millis = Duration.between(books.sampledAt(), now).toMillis();
		if (millis >= SAMPLE.toMillis()) {
			campaigns.sample(campaign.id(), now, books.ended(),
					Math.max(0, books.ended() - books.sampledEnded()) * 1000.0 / millis);
		}
	}

	static boolean isOver(Campaign campaign, CampaignBooks books, JdbcPairs.Moments moments, Instant now) {
		if (books.pending() > 0) {
			return false;
		}
		boolean quiet = isBefore(moments.changedAt(), now.minus(QUIET));
		if (isStanding(campaign)) {
			return quiet && !now.isBefore(PairIdentity.createdAt(campaign.id()).plus(1, ChronoUnit.DAYS));
		}
		Instant takenAt = moments.takenAt();
		if (takenAt == null) {
			return quiet && campaign.acceptedAt().plus(LONGEST_STREAM).isBefore(now);
		}
		return accounted(books) >= books.of(CampaignCounter.PAIRS_TAKEN)
				|| (quiet && isBefore(takenAt, now.minus(QUIET)));
	}

	private static boolean isBefore(@Nullable Instant moment, Instant end) {
		return moment == null || moment.isBefore(end);
	}

	private static boolean isStanding(Campaign campaign) {
		List<ApplicationId> applications = campaign.applications();
		return applications.size() == 1
				&& PairIdentity.standingCampaign(applications.getFirst(), PairIdentity.createdAt(campaign.id()))
					.equals(campaign.id());
	}

	private static long accounted(CampaignBooks books) {
		return books.of(CampaignCounter.PAIRS_QUEUED) + books.of(CampaignCounter.PAIRS_NO_DEVICES)
				+ books.of(CampaignCounter.PAIRS_NO_ARTICLE) + books.of(CampaignCounter.PAIRS_GIVEN_UP)
				+ books.of(CampaignCounter.PAIRS_EXPIRED) + books.of(CampaignCounter.PAIRS_CANCELLED);
	}

}
