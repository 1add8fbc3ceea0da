package dev.herald.api.campaign;

import dev.herald.api.delivery.Change;
import dev.herald.api.delivery.Deliveries;
import dev.herald.api.delivery.Delivery;
import dev.herald.api.delivery.JobMeters;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.PushPriority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes reports of campaigns' jobs into the books. Of a broadcast, accepted is a bit and
 * every other ending a row; of a targeted push every ending is a row. What is known
 * already is seen under the lock of the campaign's counters, so reports may repeat, and
 * several instances may take them, without a job that counts twice.
 */
final class CampaignReports {

	/** The most reports taken at once. */
	static final int BATCH_SIZE = 500;

	/**
	 * How long reports gather: each batch takes the lock of the campaign's books, and
	 * nobody waits for a report.
	 */
	static final Duration GATHERED = Duration.ofMillis(200);

	private static final Logger log = LoggerFactory.getLogger(CampaignReports.class);

	private final Campaigns campaigns;

	private final JdbcChunks chunks;

	private final Deliveries deliveries;

	private final JobMeters meters;

	CampaignReports(Campaigns campaigns, JdbcChunks chunks, Deliveries deliveries, JobMeters meters) {
		this.campaigns = campaigns;
		this.chunks = chunks;
		this.deliveries = deliveries;
		this.meters = meters;
	}

	/**
	 * Takes a batch.
	 * @throws RuntimeException if it was not kept, or not whole; it may be taken again
	 */
	void take(List<DeliveryReport> reports) {
		Map<NotificationId, CampaignId> campaignOf = new TreeMap<>();
		for (DeliveryReport report : reports) {
			CampaignId campaign = report.campaignId();
			campaignOf.put(report.notificationId(),
					campaign == null ? new CampaignId(report.notificationId().value()) : campaign);
		}
		Delivery.onePerJob(reports)
			.stream()
			.collect(Collectors.groupingBy(delivery -> campaignOf.get(delivery.job().notificationId())))
			.forEach(this::take);
	}

	private void take(CampaignId id, List<Delivery> ended) {
		List<Change> changes = new ArrayList<>();
		boolean known = count(id, ended, changes);
		if (!known && ended.stream().anyMatch(delivery -> !isOfBroadcast(id, delivery))) {
			// A standing campaign begins with whatever is heard of it first.
			campaigns.keep(standing(id, ended.getFirst()));
			known = count(id, ended, changes);
		}
		if (known) {
			changes.forEach(meters::count);
		}
		else {
			log.warn("{} reports are about the broadcast {}, which is not known, or no longer", ended.size(), id);
		}
	}

	private static Campaign standing(CampaignId id, Delivery delivery) {
		return Campaign.targeted(id, List.of(delivery.applicationId()), PushPriority.NORMAL, null, Duration.ofDays(1),
				id.broadcastNotification().createdAt());
	}

	private boolean count(CampaignId id, List<Delivery> ended, List<Change> changes) {
		List<Delivery> ofBroadcast = ended.stream().filter(delivery -> isOfBroadcast(id, delivery)).toList();
		List<Delivery> ofPairs = ended.stream().filter(delivery -> !isOfBroadcast(id, delivery)).toList();
		return campaigns.count(id, books -> {
			Tally tally = new Tally();
			changes.clear();
			changes.addAll(ofBroadcast(id, books, ofBroadcast, tally));
			changes.addAll(keep(ofPairs));
			changes.forEach(change -> add(change, tally));
			return tally;
		});
	}

	private static boolean isOfBroadcast(CampaignId id, Delivery delivery) {
		return delivery.job().notificationId().equals(id.broadcastNotification());
	}

	private List<Change> ofBroadcast(CampaignId id, CampaignBooks books, List<Delivery> ended, Tally tally) {
		SortedMap<Long, Marks> marks = chunks.read(id, ended.stream().map(CampaignReports::registration));
		List<Delivery> accepted = new ArrayList<>();
		List<Delivery> failed = new ArrayList<>();
		for (Delivery delivery : ended) {
			RegistrationId registration = registration(delivery);
			Marks chunk = Marks.of(marks, registration);
			if (chunk.queue(registration)) {
				// The job ended before its page was said done.
				tally.add(CampaignCounter.QUEUED, 1);
			}
			if (delivery.outcome() != DeliveryOutcome.ACCEPTED) {
				failed.add(delivery);
			}
			else if (chunk.accept(registration)) {
				accepted.add(delivery);
			}
		}
		failed.removeIf(delivery -> Marks.of(marks, registration(delivery)).isAccepted(registration(delivery)));
		chunks.write(id, marks);
		List<Change> changes = new ArrayList<>(keep(failed));
		changes.addAll(accept(id, books, accepted));
		return changes;
	}

	/** What was accepted is a bit; a row that says otherwise has had its time. */
	private List<Change> accept(CampaignId id, CampaignBooks books, List<Delivery> accepted) {
		Map<RegistrationId, DeliveryOutcome> superseded = accepted.isEmpty() || books.failed() == 0 ? Map.of()
				: deliveries.supersede(id.broadcastNotification(),
						accepted.stream().map(CampaignReports::registration).toList());
		List<Change> changes = new ArrayList<>(accepted.size());
		for (Delivery delivery : accepted) {
			DeliveryOutcome before = superseded.get(registration(delivery));
			changes.add(before == null ? new Change.Ended(delivery) : new Change.Revised(delivery, before));
		}
		return changes;
	}

	private List<Change> keep(Collection<Delivery> rows) {
		return rows.isEmpty() ? List.of() : deliveries.keep(rows);
	}

	private static void add(Change change, Tally tally) {
		tally.add(CampaignCounter.of(change.delivery().outcome()), 1);
		switch (change) {
			case Change.Ended ended -> {
			}
			case Change.Revised revised -> tally.add(CampaignCounter.of(revised.from()), -1);
		}
	}

	private static RegistrationId registration(Delivery delivery) {
		return delivery.job().registrationId();
	}

}
