package dev.herald.api.history;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.delivery.Delivery.Job;
import dev.herald.api.notification.IdRange;
import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.DeliveryOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The broadcasts of the past: everyone's, or those that were queued for a registration
 * that a user has now. A broadcast is kept once, so whether a user is concerned is read
 * from the bits of their registrations. Safe for use by many threads.
 */
final class PastBroadcasts {

	private final Broadcasts broadcasts;

	private final Deliveries deliveries;

	PastBroadcasts(Broadcasts broadcasts, Deliveries deliveries) {
		this.broadcasts = broadcasts;
		this.deliveries = deliveries;
	}

	/** Whether a campaign is a broadcast. */
	boolean isBroadcast(CampaignId campaign) {
		return broadcasts.exists(campaign.broadcastNotification());
	}

	/**
	 * Reads the newest broadcasts of a range.
	 * @param user whose, or null for everyone's
	 * @throws dev.herald.base.problem.UnavailableException if there are any that may
	 * concern the user, and the token store does not say in time which devices they have
	 */
	Slice<NotificationView> read(PastQuery query, IdRange range, @Nullable UserDevices user) {
		Slice<NotificationId> candidates = candidates(query, range, user);
		return candidates
			.with(ids -> user == null || ids.isEmpty() ? views(ids, NotificationView::of) : viewsOf(user, ids));
	}

	private Slice<NotificationId> candidates(PastQuery query, IdRange range, @Nullable UserDevices user) {
		CampaignId campaign = query.campaign();
		ApplicationId application = query.application();
		if (campaign != null) {
			return Slice.whole(one(campaign.broadcastNotification(), application, range));
		}
		if (application != null) {
			return broadcasts.newest(application, range);
		}
		Slice<NotificationId> everyones = broadcasts.newest(range);
		boolean none = everyones.entries().isEmpty() && everyones.readTo() == null;
		return user == null || none ? everyones : inApplicationsOf(user, range);
	}

	private List<NotificationId> one(NotificationId id, @Nullable ApplicationId application, IdRange range) {
		boolean wanted = range.contains(id) && (application == null || broadcasts.isIn(application, id));
		return wanted ? List.of(id) : List.of();
	}

	private Slice<NotificationId> inApplicationsOf(UserDevices user, IdRange range) {
		List<Slice<NotificationId>> slices = user.get()
			.stream()
			.map(Device::applicationId)
			.distinct()
			.map(application -> broadcasts.newest(application, range))
			.toList();
		return Slice.merged(slices, Function.identity());
	}

	private List<NotificationView> viewsOf(UserDevices user, List<NotificationId> ids) {
		Map<NotificationId, Books> books = books(
				broadcasts.jobs(ids, user.get().stream().map(Device::registrationId).toList()));
		UserId id = user.query().userId();
		return views(List.copyOf(books.keySet()), broadcast -> {
			Books ofUser = books.get(broadcast.id());
			return NotificationView.of(broadcast, id, ofUser == null ? Books.of(List.of(), 0) : ofUser);
		});
	}

	/** The bit wins: what a provider has accepted once has reached it. */
	private Map<NotificationId, Books> books(Map<Job, Boolean> jobs) {
		Map<NotificationId, List<DeliveryOutcome>> ended = new HashMap<>();
		Map<NotificationId, Long> queued = jobs.keySet()
			.stream()
			.collect(Collectors.groupingBy(Job::notificationId, Collectors.counting()));
		List<Job> notAccepted = new ArrayList<>();
		jobs.forEach((job, accepted) -> {
			if (accepted) {
				add(ended, job, DeliveryOutcome.ACCEPTED);
			}
			else {
				notAccepted.add(job);
			}
		});
		deliveries.ofJobs(notAccepted).forEach(delivery -> add(ended, delivery.job(), delivery.outcome()));
		Map<NotificationId, Books> books = new HashMap<>();
		queued.forEach((id, count) -> {
			List<DeliveryOutcome> outcomes = ended.getOrDefault(id, List.of());
			books.put(id, Books.of(outcomes, count - outcomes.size()));
		});
		return books;
	}

	private static void add(Map<NotificationId, List<DeliveryOutcome>> ended, Job job, DeliveryOutcome outcome) {
		ended.computeIfAbsent(job.notificationId(), ignored -> new ArrayList<>()).add(outcome);
	}

	private List<NotificationView> views(List<NotificationId> ids, Function<Broadcast, NotificationView> view) {
		return broadcasts.find(ids).stream().sorted(Comparator.comparing(Broadcast::id).reversed()).map(view).toList();
	}

}
