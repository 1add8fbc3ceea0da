package dev.herald.api.targeted;

import dev.herald.api.campaign.Campaign;
import dev.herald.api.campaign.CampaignCounter;
import dev.herald.api.campaign.Campaigns;
import dev.herald.api.campaign.Tally;
import dev.herald.api.notification.Notification;
import dev.herald.api.notification.NotificationStatus;
import dev.herald.api.notification.Notifications;
import dev.herald.api.notification.Target;
import dev.herald.common.campaign.PairEnding;
import dev.herald.common.campaign.PairIdentity;
import dev.herald.common.campaign.PairReport;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.push.PushPriority;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes what became of pairs into the books: one that was sent, or whose user has no
 * device, is a notification; any other a failed pair, which no inbox shows. What is known
 * already is seen under the lock of the campaign's counters, so a pair counts once
 * however often it is reported, and by whomever. A pair that failed and was delivered
 * again and sent counts as sent: its user has seen it.
 */
final class PairReports {

	/** The most reports taken at once. */
	static final int BATCH_SIZE = 200;

	private static final Duration STANDING_TTL = Duration.ofDays(1);

	private final Campaigns campaigns;

	private final Notifications notifications;

	private final JdbcPairs pairs;

	private final Clock clock;

	/**
	 * @param campaigns on the worker pool
	 */
	PairReports(Campaigns campaigns, Notifications notifications, JdbcPairs pairs, Clock clock) {
		this.campaigns = campaigns;
		this.notifications = notifications;
		this.pairs = pairs;
		this.clock = clock;
	}

	/**
	 * Takes a batch.
	 * @throws RuntimeException if it was not kept, or not whole; it may be taken again
	 */
	void take(List<PairReport> reports) {
		reports.stream().collect(Collectors.groupingBy(PairReport::campaignId)).forEach(this::take);
	}

	private void take(CampaignId id, List<PairReport> reports) {
		List<PairReport> once = onePerPair(reports);
		if (!campaigns.count(id, books -> tally(id, once))) {
			// A standing campaign begins with what is heard of it first.
			campaigns.keep(Campaign.targeted(id, List.of(once.getFirst().applicationId()), PushPriority.NORMAL, null,
					STANDING_TTL, PairIdentity.createdAt(id)));
			campaigns.count(id, books -> tally(id, once));
		}
	}

	private static List<PairReport> onePerPair(List<PairReport> reports) {
		Map<NotificationId, PairReport> byPair = new LinkedHashMap<>();
		for (PairReport report : reports) {
			byPair.merge(report.notificationId(), report,
					(first, later) -> first.ending() != PairEnding.QUEUED && later.ending() == PairEnding.QUEUED ? later
							: first);
		}
		return List.copyOf(byPair.values());
	}

	private Tally tally(CampaignId id, List<PairReport> reports) {
		List<NotificationId> ids = reports.stream().map(PairReport::notificationId).toList();
		Map<NotificationId, Notification> shown = notifications.pairs(ids);
		Map<NotificationId, PairEnding> failed = pairs.failures(ids);
		Changes changes = new Changes();
		for (PairReport report : reports) {
			changes.add(report, shown.get(report.notificationId()), failed.get(report.notificationId()));
		}
		if (!changes.notifications.isEmpty()) {
			notifications.keepPairs(changes.notifications);
		}
		if (!changes.failures.isEmpty()) {
			pairs.keepFailures(changes.failures);
		}
		if (!changes.sentAfterAll.isEmpty()) {
			pairs.deleteFailures(changes.sentAfterAll);
		}
		pairs.noteChanged(id, clock.instant());
		return changes.tally;
	}

	/** What a batch changes. */
	private static final class Changes {

		private final List<Notification> notifications = new ArrayList<>();

		private final List<PairReport> failures = new ArrayList<>();

		private final List<NotificationId> sentAfterAll = new ArrayList<>();

		private final Tally tally = new Tally();

		void add(PairReport report, @Nullable Notification shown, @Nullable PairEnding failed) {
			if (shown == null && failed == null) {
				tally.add(counter(report.ending()), 1);
				keep(report, List.of());
			}
			else if (report.ending() == PairEnding.QUEUED) {
				sendAgain(report, shown, failed);
			}
		}

		private void sendAgain(PairReport report, @Nullable Notification shown, @Nullable PairEnding failed) {
			if (failed != null) {
				sentAfterAll.add(report.notificationId());
				tally.add(counter(failed), -1).add(CampaignCounter.PAIRS_QUEUED, 1);
				keep(report, List.of());
			}
			else if (shown != null) {
				if (shown.status() == NotificationStatus.NO_DEVICES) {
					tally.add(CampaignCounter.PAIRS_NO_DEVICES, -1).add(CampaignCounter.PAIRS_QUEUED, 1);
				}
				// Delivered twice, it may have gone to a device registered in between.
				keep(report, shown.targets());
			}
		}

		private void keep(PairReport report, List<Target> before) {
			if (report.ending() != PairEnding.QUEUED && report.ending() != PairEnding.NO_DEVICES) {
				failures.add(report);
				return;
			}
			Set<Target> targets = new LinkedHashSet<>(before);
			report.devices().forEach(device -> targets.add(Target.of(device)));
			tally.add(CampaignCounter.QUEUED, targets.size() - before.size());
			notifications
				.add(new Notification(report.notificationId(), new DeviceQuery(report.userId(), report.applicationId()),
						targets.isEmpty() ? NotificationStatus.NO_DEVICES : NotificationStatus.QUEUED,
						Objects.requireNonNull(report.content(), "what was shown has content"), report.priority(),
						report.collapseKey(), report.acceptedAt(), report.expiresAt(), List.copyOf(targets),
						report.campaignId(), report.articleId()));
		}

	}

	private static CampaignCounter counter(PairEnding ending) {
		return switch (ending) {
			case QUEUED -> CampaignCounter.PAIRS_QUEUED;
			case NO_DEVICES -> CampaignCounter.PAIRS_NO_DEVICES;
			case NO_ARTICLE -> CampaignCounter.PAIRS_NO_ARTICLE;
			case GIVEN_UP -> CampaignCounter.PAIRS_GIVEN_UP;
			case EXPIRED -> CampaignCounter.PAIRS_EXPIRED;
			case CANCELLED -> CampaignCounter.PAIRS_CANCELLED;
		};
	}

}
