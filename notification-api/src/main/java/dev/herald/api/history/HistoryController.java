package dev.herald.api.history;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.delivery.Delivery;
import dev.herald.api.notification.Notification;
import dev.herald.api.notification.Notifications;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HistoryController {

	private final Notifications notifications;

	private final Deliveries deliveries;

	HistoryController(Notifications notifications, Deliveries deliveries) {
		this.notifications = notifications;
		this.deliveries = deliveries;
	}

	@GetMapping("/notification/{id}")
	NotificationView show(@PathVariable("id") String text) {
		NotificationId id = parsed("notification_id", text, NotificationId::parse);
		Notification notification = notifications.find(id).orElseThrow(() -> new UnknownNotificationException(id));
		return NotificationView.withDevices(notification, deliveries.of(List.of(id)).getOrDefault(id, List.of()));
	}

	@GetMapping("/notifications")
	NotificationPage list(@RequestParam(name = "user_id", required = false) @Nullable String user,
			@RequestParam(name = "application_id", required = false) @Nullable String application,
			@RequestParam(required = false) @Nullable String before, @RequestParam(defaultValue = "20") int limit) {
		if (limit < 1 || limit > Notifications.MAX_PAGE) {
			throw new InvalidFieldException("limit",
					"limit must be 1 to %d, but was %d".formatted(Notifications.MAX_PAGE, limit));
		}
		return page(notifications.page(optional("user_id", user, UserId::new),
				optional("application_id", application, ApplicationId::new),
				optional("before", before, NotificationId::parse), limit), limit);
	}

	private NotificationPage page(List<Notification> found, int limit) {
		Map<NotificationId, List<Delivery>> ended = deliveries.of(found.stream().map(Notification::id).toList());
		List<NotificationView> views = found.stream()
			.map(notification -> NotificationView.withoutDevices(notification,
					ended.getOrDefault(notification.id(), List.of())))
			.toList();
		return new NotificationPage(views, found.size() < limit ? null : found.getLast().id());
	}

	private static <T> @Nullable T optional(String name, @Nullable String text, Function<String, T> type) {
		return text == null || text.isEmpty() ? null : parsed(name, text, type);
	}

	private static <T> T parsed(String name, String text, Function<String, T> type) {
		try {
			return type.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException(name, String.valueOf(ex.getMessage()));
		}
	}

}
