package dev.herald.api.campaign;

import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.campaign.PageDone;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.RegistrationId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Lets workers go on with the chains of a broadcast, one at a time with each, and no
 * faster than the campaign says. Safe for use by many threads and by several instances.
 */
final class ChainClaims {

	/** How long a page belongs to the worker that claimed it. */
	static final Duration LEASE = Duration.ofSeconds(5);

	/**
	 * The longest that a link is sent away for, so that pause, resume and cancel take
	 * effect within two seconds.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	/**
	 * As long as the shortest way round takes a link. One that is no earlier than this is
	 * granted, and its next page is due as if it had come in time.
	 */
	private static final Duration A_MOMENT = Duration.ofMillis(100);

	private final Campaigns campaigns;

	private final JdbcChains chains;

	private final JdbcChunks chunks;

	private final CampaignProperties properties;

	private final GivingWay givingWay;

	private final Clock clock;

	private final MeterRegistry meters;

	ChainClaims(Campaigns campaigns, JdbcChains chains, JdbcChunks chunks, CampaignProperties properties,
			GivingWay givingWay, Clock clock, MeterRegistry meters) {
		this.campaigns = campaigns;
		this.chains = chains;
		this.chunks = chunks;
		this.properties = properties;
		this.givingWay = givingWay;
		this.clock = clock;
		this.meters = meters;
	}

	/**
	 * What a worker may do with the link of a chain that goes on after a registration.
	 */
	LinkClaim claim(CampaignId id, int number, long after) {
		LinkClaim claim = decide(id, number, after);
		String answer = switch (claim) {
			case LinkClaim.Granted granted -> "granted";
			case LinkClaim.Later later -> "later";
			case LinkClaim.Over over -> "over";
		};
		meters.counter("herald.campaigns.claims", "answer", answer).increment();
		return claim;
	}

	private LinkClaim decide(CampaignId id, int number, long after) {
		Optional<Campaign> campaign = campaigns.find(id);
		Optional<Chain> chain = chains.find(id, number);
		if (campaign.isEmpty() || chain.isEmpty()) {
			return new LinkClaim.Over();
		}
		return switch (campaign.get().status()) {
			case SCHEDULED, PAUSED -> behind(chain.get(), after) ? new LinkClaim.Over() : later(LONGEST_WAIT);
			case CANCELLED, ENDED -> new LinkClaim.Over();
			case RUNNING -> decide(campaign.get(), chain.get(), after);
		};
	}

	private static boolean behind(Chain chain, long after) {
		return chain.finished() || after < chain.expandedTo();
	}

	private LinkClaim decide(Campaign campaign, Chain chain, long after) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		if (behind(chain, after)) {
			return new LinkClaim.Over();
		}
		if (after > chain.expandedTo()) {
			// The page before is with the broker, and about to be said done.
			return later(A_MOMENT);
		}
		if (chain.claimedUntil().isAfter(now)) {
			return later(Duration.between(now, chain.claimedUntil()));
		}
		return grantedFrom(chain.dueAt()).isAfter(now) ? later(Duration.between(now, chain.dueAt()))
				: take(campaign, chain, now);
	}

	private static Instant grantedFrom(Instant due) {
		return due.minus(A_MOMENT);
	}

	private LinkClaim take(Campaign campaign, Chain chain, Instant now) {
		Pace pace = pace(campaign, givingWay.perSecond(), now);
		int page = pace.page();
		Instant from = Collections.max(List.of(chain.dueAt(), now.minus(LinkClaim.Later.MADE_UP_FOR)));
		Instant next = from.plus(pace.timeFor(page));
		// A page that is early begins when it is due: what it does not use counts from
		// there.
		Instant begins = Collections.max(List.of(chain.dueAt(), now));
		if (!chains.claim(chain, now, begins.plus(LEASE), next)) {
			return later(A_MOMENT);
		}
		Instant start = Objects.requireNonNullElse(campaign.startedAt(), now);
		DevicePageQuery query = new DevicePageQuery(chain.applicationId(), chain.provider(), chain.expandedTo(),
				chain.rangeEnd(), page, campaign.filter().startingAt(start));
		return new LinkClaim.Granted(query, Objects.requireNonNull(campaign.content(), "a broadcast has content"),
				campaign.priority(), campaign.collapseKey(), campaign.acceptedAt(), campaign.expiresAt(),
				grantedFrom(next).isAfter(now) ? Duration.between(now, grantedFrom(next)).toMillis() : null);
	}

	private Pace pace(Campaign campaign, double left, Instant now) {
		return Pace.of(campaign, campaigns.openChains(campaign.id()), properties.rampUpPeak(), left, now);
	}

	private static LinkClaim later(Duration wait) {
		return new LinkClaim.Later(Math.clamp(wait.toMillis(), 1, LONGEST_WAIT.toMillis()));
	}

	/** Takes note of a page that was expanded, once. */
	void done(CampaignId id, int number, PageDone page) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		campaigns.count(id, books -> {
			chains.find(id, number).filter(chain -> chain.expandedTo() == page.after()).ifPresent(chain -> {
				move(chain, page, now);
			});
			return new Tally().add(CampaignCounter.QUEUED, mark(id, page));
		});
	}

	private long mark(CampaignId id, PageDone page) {
		SortedMap<Long, Marks> marks = chunks.read(id, page.queued().stream());
		long queued = 0;
		for (RegistrationId registration : page.queued()) {
			if (Marks.of(marks, registration).queue(registration)) {
				queued++;
			}
		}
		chunks.write(id, marks);
		return queued;
	}

	private void move(Chain chain, PageDone page, Instant now) {
		Long next = page.next();
		boolean finished = next == null || next >= chain.rangeEnd();
		chains.move(chain, next == null ? chain.rangeEnd() : next, finished, dueAfter(chain, page, now), now);
	}

	/** A page was paid for as if it were full; what it did not hold is given back. */
	private Instant dueAfter(Chain chain, PageDone page, Instant now) {
		Instant began = chain.claimedUntil().minus(LEASE);
		Instant due = campaigns.find(chain.campaignId())
			.filter(campaign -> campaign.status() == CampaignStatus.RUNNING)
			.map(campaign -> began.plus(pace(campaign, givingWay.limit(), now).timeFor(page.queued().size())))
			.orElse(chain.dueAt());
		return due.isBefore(chain.dueAt()) ? due : chain.dueAt();
	}

}
