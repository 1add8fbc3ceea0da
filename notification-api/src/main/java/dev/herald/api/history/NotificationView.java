package dev.herald.api.history;

import dev.herald.api.delivery.Delivery;
import dev.herald.api.notification.Notification;
import dev.herald.api.notification.NotificationStatus;
import dev.herald.api.notification.Target;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushPriority;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A notification and what became of it.
 *
 * @param kind {@code notification}, {@code targeted} or {@code broadcast}
 * @param userId whom it is to; absent for a broadcast that is not in a user's list
 * @param applicationId an application, or {@code *} for every one; a broadcast's for
 * several
 * @param campaignId the broadcast or the targeted push it is of, if any
 * @param articleId what a targeted push showed, if it is of one
 * @param status {@code queued} while a job is pending, {@code ended} when none is,
 * {@code no_devices}, or {@code withdrawn}
 * @param books its jobs, counted: of a broadcast in a user's list those of the user's
 * devices, elsewhere those of all
 * @param devices its devices, one by one; absent in lists
 */
record NotificationView(NotificationId notificationId, String kind, @Nullable UserId userId, String applicationId,
		@Nullable CampaignId campaignId, @Nullable String articleId, String status, Instant acceptedAt,
		Instant expiresAt, PushPriority priority, @Nullable String collapseKey, String title, String message,
		@Schema(types = "object") Payload payload, @Nullable Integer badge, @Nullable String sound, @Nullable URI image,
		Books books, @Nullable List<DeviceView> devices) {

	/** The status of one whose jobs have all ended. */
	static final String ENDED = "ended";

	/** A broadcast, to everyone. */
	static NotificationView of(Broadcast broadcast) {
		return of(broadcast, null, statusForAll(broadcast), broadcast.books());
	}

	/**
	 * A broadcast, to one user.
	 * @param books the jobs of the user's devices
	 */
	static NotificationView of(Broadcast broadcast, UserId user, Books books) {
		return of(broadcast, user, queuedOrEnded(books), books);
	}

	private static NotificationView of(Broadcast broadcast, @Nullable UserId user, String status, Books books) {
		var applications = broadcast.applications();
		var content = broadcast.content();
		return new NotificationView(broadcast.id(), "broadcast", user,
				applications.size() == 1 ? applications.getFirst().value() : "*", broadcast.campaignId(), null, status,
				broadcast.acceptedAt(), broadcast.expiresAt(), broadcast.priority(), broadcast.collapseKey(),
				content.title(), content.message(), content.payload(), content.badge(), content.sound(),
				content.image(), books, null);
	}

	private static String statusForAll(Broadcast broadcast) {
		return switch (broadcast.status()) {
			case SCHEDULED, RUNNING, PAUSED -> NotificationStatus.QUEUED.value();
			case CANCELLED -> queuedOrEnded(broadcast.books());
			case ENDED -> broadcast.books().jobs() == 0 ? NotificationStatus.NO_DEVICES.value()
					: queuedOrEnded(broadcast.books());
		};
	}

	private static String queuedOrEnded(Books books) {
		return books.pending() == 0 ? ENDED : NotificationStatus.QUEUED.value();
	}

	static NotificationView withDevices(Notification notification, List<Delivery> deliveries) {
		return of(notification, deliveries, devices(notification, deliveries));
	}

	static NotificationView withoutDevices(Notification notification, List<Delivery> deliveries) {
		return of(notification, deliveries, null);
	}

	private static NotificationView of(Notification notification, List<Delivery> deliveries,
			@Nullable List<DeviceView> devices) {
		var recipient = notification.recipient();
		var content = notification.content();
		Books books = books(notification, deliveries);
		return new NotificationView(notification.id(), notification.campaignId() == null ? "notification" : "targeted",
				recipient.userId(), recipient.applicationId() == null ? "*" : recipient.applicationId().value(),
				notification.campaignId(), notification.articleId(), status(notification.status(), books),
				notification.acceptedAt(), notification.expiresAt(), notification.priority(),
				notification.collapseKey(), content.title(), content.message(), content.payload(), content.badge(),
				content.sound(), content.image(), books, devices);
	}

	private static String status(NotificationStatus status, Books books) {
		return switch (status) {
			case QUEUED -> queuedOrEnded(books);
			case NO_DEVICES, WITHDRAWN -> status.value();
		};
	}

	private static Books books(Notification notification, List<Delivery> deliveries) {
		int pending = switch (notification.status()) {
			case QUEUED, NO_DEVICES -> open(notification, deliveries).size();
			// Whether the broker kept them is not known; those it did are reported.
			case WITHDRAWN -> 0;
		};
		return Books.of(deliveries.stream().map(Delivery::outcome).toList(), pending);
	}

	private static List<DeviceView> devices(Notification notification, List<Delivery> deliveries) {
		String outcome = switch (notification.status()) {
			case QUEUED, NO_DEVICES -> "pending";
			case WITHDRAWN -> "withdrawn";
		};
		return Stream
			.concat(deliveries.stream().map(DeviceView::ended),
					open(notification, deliveries).stream().map(target -> DeviceView.open(target, outcome)))
			.toList();
	}

	/**
	 * The targets without a report. A report may be about a device that is no target: of
	 * an attempt that died, before it was repeated.
	 */
	private static List<Target> open(Notification notification, List<Delivery> deliveries) {
		Set<RegistrationId> ended = deliveries.stream()
			.map(delivery -> delivery.job().registrationId())
			.collect(Collectors.toSet());
		return notification.targets().stream().filter(target -> !ended.contains(target.registrationId())).toList();
	}

}
