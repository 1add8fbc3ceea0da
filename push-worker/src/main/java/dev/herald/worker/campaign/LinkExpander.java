package dev.herald.worker.campaign;

import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.http.ServiceException;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.common.broker.RetryDelay;
import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.campaign.LinkClaim.Granted;
import dev.herald.common.campaign.LinkClaim.Later;
import dev.herald.common.campaign.LinkClaim.Over;
import dev.herald.common.campaign.PageDone;
import dev.herald.common.device.Device;
import dev.herald.common.device.DevicePage;
import dev.herald.common.push.PushJob;
import dev.herald.worker.campaign.LinkEnding.Done;
import dev.herald.worker.campaign.LinkEnding.Reason;
import dev.herald.worker.campaign.LinkEnding.Waits;
import dev.herald.worker.credit.JobCredit;
import dev.herald.worker.credit.JobCredit.Reservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one link of a broadcast: looks whether there is room in the job queue it feeds,
 * claims it, publishes the jobs of its page and the next link, reports the page. Each
 * step is confirmed before the next, so that a worker that dies on the way leaves a link
 * that is worked once more: its page is repeated, and nothing is lost.
 *
 * <p>
 * A link that has to wait goes through a delay of the broker and holds up no other. Safe
 * for use by many threads.
 */
final class LinkExpander {

	private static final Logger log = LoggerFactory.getLogger(LinkExpander.class);

	/** Longer than this, a paused broadcast would not go on in time. */
	private static final RetryDelay LONG = RetryDelay.ONE_SECOND;

	/** For an application that somebody has to bring back. */
	private static final RetryDelay VERY_LONG = RetryDelay.FIFTEEN_SECONDS;

	private static final Duration REPORT_PATIENCE = Duration.ofSeconds(30);

	private static final Duration REPORT_AGAIN_AFTER = Duration.ofMillis(500);

	private final ApplicationsFile applications;

	private final JobCredit credit;

	private final CampaignApi api;

	private final TokenStoreClient tokenStore;

	private final PatientPublisher publisher;

	private final CampaignMetrics metrics;

	private final Clock clock;

	private final PageSize pageSize = new PageSize();

	private final ReportsUnderWay reports = new ReportsUnderWay();

	private final AtomicBoolean serviceAway = new AtomicBoolean();

	LinkExpander(ApplicationsFile applications, JobCredit credit, CampaignApi api, TokenStoreClient tokenStore,
			PatientPublisher publisher, CampaignMetrics metrics, Clock clock) {
		this.applications = applications;
		this.credit = credit;
		this.api = api;
		this.tokenStore = tokenStore;
		this.publisher = publisher;
		this.metrics = metrics;
		this.clock = clock;
	}

	/**
	 * Works a link.
	 * @param held whether the link is still ours to acknowledge: if not, there is no use
	 * in trying again what failed
	 * @throws RuntimeException if it ended on the way; the link must go back
	 */
	LinkEnding work(BroadcastLink link, BooleanSupplier held) throws InterruptedException, TimeoutException {
		if (!isConfigured(link)) {
			return unlessOver(link);
		}
		reports.await(link);
		int most = pageSize.next();
		Optional<Reservation> room = credit.reserve(link.applicationId(), link.provider(), most);
		if (room.isEmpty()) {
			return new Waits(Reason.NO_ROOM, credit.hasRoomSoon(link.applicationId(), link.provider())
					? OutgoingMessage.linkSoon(link) : OutgoingMessage.linkLater(link, LONG));
		}
		try (Reservation reserved = room.get()) {
			return claimAndExpand(link, reserved, most, held);
		}
	}

	private boolean isConfigured(BroadcastLink link) {
		return applications.current()
			.find(link.applicationId())
			.map(application -> application.providers().contains(link.provider()))
			.orElse(false);
	}

	/**
	 * The broadcast stands still as the jobs of such an application do, until it is
	 * configured again or the campaign is over.
	 */
	private LinkEnding unlessOver(BroadcastLink link) {
		Waits waits = new Waits(Reason.NOT_CONFIGURED, OutgoingMessage.linkLater(link, VERY_LONG));
		try {
			if (api.claim(link) instanceof Over) {
				return new Done();
			}
		}
		catch (ServiceException ex) {
			log.debug("Campaign {} cannot be asked whether it is over", link.campaignId(), ex);
		}
		log.error("Chain {} of campaign {} waits: {} is not configured for {}", link.chain(), link.campaignId(),
				link.applicationId(), link.provider());
		return waits;
	}

	private LinkEnding claimAndExpand(BroadcastLink link, Reservation reserved, int most, BooleanSupplier held)
			throws InterruptedException, TimeoutException {
		Granted granted;
		DevicePage page;
		Instant seenAt;
		long begun = System.nanoTime();
		try {
			switch (api.claim(link)) {
				case Granted it -> granted = it;
				case Later(long waitMillis) -> {
					return new Waits(Reason.NOT_ITS_TURN, delayed(link, waitMillis));
				}
				case Over() -> {
					return new Done();
				}
			}
			seenAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
			page = tokenStore.page(granted.page().withLimit(most));
		}
		catch (ServiceException ex) {
			return away(link, ex);
		}
		answered();
		expand(link, granted, page, seenAt, reserved, held);
		pageSize.learn(page.devices().size(), Duration.ofNanos(System.nanoTime() - begun));
		return new Done();
	}

	/** A link of a broadcast with a rate would otherwise ask ten times for each page. */
	private static OutgoingMessage delayed(BroadcastLink link, long waitMillis) {
		return waitMillis < Later.MADE_UP_FOR.toMillis() ? OutgoingMessage.linkSoon(link)
				: OutgoingMessage.linkLater(link, LONG);
	}

	private Waits away(BroadcastLink link, RuntimeException cause) {
		if (!serviceAway.getAndSet(true)) {
			log.warn("Broadcasts stand still: {}", cause.getMessage());
		}
		return new Waits(Reason.SERVICE_AWAY, OutgoingMessage.linkLater(link, LONG));
	}

	private void answered() {
		if (serviceAway.getAndSet(false)) {
			log.info("Broadcasts go on");
		}
	}

	private void expand(BroadcastLink link, Granted granted, DevicePage page, Instant seenAt, Reservation reserved,
			BooleanSupplier held) throws InterruptedException, TimeoutException {
		List<Device> devices = page.devices();
		publisher.publish(
				devices.stream().map(device -> OutgoingMessage.job(job(link, granted, device, seenAt))).toList(), held);
		reserved.queued(devices.size());
		PageDone done = new PageDone(link.after(), page.next(), devices.stream().map(Device::registrationId).toList());
		@Nullable Long next = page.next();
		if (next == null) {
			report(link, done, held);
		}
		else {
			BroadcastLink following = link.next(next);
			publishAndReport(link, following, inItsTurn(following, granted, devices.size(), seenAt), done, held);
		}
		metrics.expanded(link, devices.size());
	}

	private void publishAndReport(BroadcastLink link, BroadcastLink next, OutgoingMessage message, PageDone done,
			BooleanSupplier held) throws InterruptedException, TimeoutException {
		try (ReportsUnderWay.Report report = reports.before(next)) {
			publisher.publish(List.of(message), held);
			report(link, done, held);
		}
	}

	/**
	 * A link whose page is known not to be due need not ask for it first. After a page
	 * that was not full, the next is due sooner than was said.
	 */
	private OutgoingMessage inItsTurn(BroadcastLink next, Granted before, int devices, Instant grantedAt) {
		@Nullable Long nextIn = before.nextInMillis();
		long wait = nextIn == null || devices < before.page().limit() ? 0
				: nextIn - Duration.between(grantedAt, clock.instant()).toMillis();
		if (wait <= 0) {
			return OutgoingMessage.link(next);
		}
		metrics.delayed(Reason.NOT_ITS_TURN);
		return delayed(next, wait);
	}

	/**
	 * @param seenAt stands for the moment the campaign was taken, since workers believe a
	 * device to be registered for a while after it
	 */
	private static PushJob job(BroadcastLink link, Granted granted, Device device, Instant seenAt) {
		return PushJob
			.first(link.campaignId().broadcastNotification(), device, granted.content(), granted.priority(),
					granted.collapseKey(), seenAt, granted.expiresAt())
			.of(link.campaignId());
	}

	/**
	 * Again and again, as long as the link is ours: everything else is done, and a link
	 * that went back would repeat it.
	 */
	private void report(BroadcastLink link, PageDone done, BooleanSupplier held) throws InterruptedException {
		long end = System.nanoTime() + REPORT_PATIENCE.toNanos();
		while (true) {
			try {
				api.done(link, done);
				return;
			}
			catch (ServiceException ex) {
				if (!held.getAsBoolean() || System.nanoTime() > end) {
					throw ex;
				}
				log.debug("Page after {} of campaign {} is reported again", link.after(), link.campaignId(), ex);
				Thread.sleep(REPORT_AGAIN_AFTER);
			}
		}
	}

}
