package dev.herald.api.history;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.delivery.Delivery;
import dev.herald.api.http.Deadline;
import dev.herald.api.notification.Notification;
import dev.herald.api.notification.Notifications;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HistoryController {

	private final Notifications notifications;

	private final Deliveries deliveries;

	private final Executor executor;

	HistoryController(Notifications notifications, Deliveries deliveries,
			@Qualifier("blockingCalls") Executor executor) {
		this.notifications = notifications;
		this.deliveries = deliveries;
		this.executor = executor;
	}

	@GetMapping(path = "/notification/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Shows a notification and what became of it on each device")
	@ApiResponse(responseCode = "200", description = "The notification")
	@ApiResponse(responseCode = "404", description = "Not known, or no longer", content = @Content)
	NotificationView show(@PathVariable("id") String text) {
		NotificationId id = parsed("notification_id", text, NotificationId::parse);
		return inTime(() -> find(id)).orElseThrow(() -> new UnknownNotificationException(id));
	}

	private Optional<NotificationView> find(NotificationId id) {
		return notifications.find(id)
			.map(notification -> NotificationView.withDevices(notification,
					deliveries.of(List.of(id)).getOrDefault(id, List.of())));
	}

	@GetMapping(path = "/notifications", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Lists past notifications, newest first",
			description = "Those to every application are among those of each.")
	NotificationPage list(@RequestParam(name = "user_id", required = false) @Nullable String user,
			@RequestParam(name = "application_id", required = false) @Nullable String application,
			@RequestParam(required = false) @Nullable String before, @RequestParam(defaultValue = "20") int limit) {
		if (limit < 1 || limit > Notifications.MAX_PAGE) {
			throw new InvalidFieldException("limit",
					"limit must be 1 to %d, but was %d".formatted(Notifications.MAX_PAGE, limit));
		}
		UserId userId = optional("user_id", user, UserId::new);
		ApplicationId applicationId = optional("application_id", application, ApplicationId::new);
		NotificationId end = optional("before", before, NotificationId::parse);
		return inTime(() -> page(notifications.page(userId, applicationId, end, limit), limit));
	}

	/**
	 * A connection that hangs would otherwise hold a caller until its socket gives up.
	 */
	private <T> T inTime(Supplier<T> query) {
		return Deadline.ofNewRequest().await(CompletableFuture.supplyAsync(query, executor), "the database");
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
