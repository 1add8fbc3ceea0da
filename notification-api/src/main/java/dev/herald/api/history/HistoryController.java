package dev.herald.api.history;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.http.Deadline;
import dev.herald.api.notification.IdRange;
import dev.herald.api.notification.Notifications;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
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

	private final Broadcasts broadcasts;

	private final Past past;

	private final Executor executor;

	HistoryController(Notifications notifications, Deliveries deliveries, Broadcasts broadcasts, Past past,
			@Qualifier("blockingCalls") Executor executor) {
		this.notifications = notifications;
		this.deliveries = deliveries;
		this.broadcasts = broadcasts;
		this.past = past;
		this.executor = executor;
	}

	@GetMapping(path = "/notification/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Shows a notification and what became of it on each device")
	@ApiResponse(responseCode = "200", description = "The notification")
	@ApiResponse(responseCode = "404", description = "Not known, or no longer", content = @Content)
	NotificationView show(@PathVariable("id") String text) {
		NotificationId id = parsed("notification_id", text, NotificationId::parse);
		return inTime(Deadline.ofNewRequest(), () -> find(id)).orElseThrow(() -> new UnknownNotificationException(id));
	}

	private Optional<NotificationView> find(NotificationId id) {
		return notifications.find(id)
			.map(notification -> NotificationView.withDevices(notification,
					deliveries.of(List.of(id)).getOrDefault(id, List.of())))
			.or(() -> broadcasts.find(List.of(id)).stream().findFirst().map(NotificationView::of));
	}

	@GetMapping(path = "/notifications", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Lists past notifications, newest first",
			description = "Those to every application are among those of each. A broadcast is one entry, and in the "
					+ "list of each user for a device of theirs that is registered now. All conditions may be "
					+ "combined. A page looks at a bounded part of the past: it may hold fewer notifications than "
					+ "limit, or none, and still have a next; the last page has none.")
	@ApiResponse(responseCode = "200", description = "A page")
	@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
	@ApiResponse(responseCode = "503", content = @Content,
			description = "The database is away, or the token store where a broadcast may be the user's; "
					+ "Retry-After says when")
	NotificationPage list(
			@Parameter(description = "Whose") @RequestParam(name = "user_id", required = false) @Nullable String user,
			@Parameter(description = "What reaches this application") @RequestParam(name = "application_id",
					required = false) @Nullable String application,
			@Parameter(description = "Of this targeted push, or this broadcast") @RequestParam(name = "campaign_id",
					required = false) @Nullable String campaign,
			@Parameter(description = "What became of it: the status that is shown, or failed for a job that ended "
					+ "otherwise than accepted") @RequestParam(required = false) @Nullable String status,
			@Parameter(description = "Not before this moment (RFC 3339)") @RequestParam(
					required = false) @Nullable String from,
			@Parameter(description = "Before this moment (RFC 3339)") @RequestParam(
					required = false) @Nullable String until,
			@Parameter(description = "The next of the page before") @RequestParam(
					required = false) @Nullable String before,
			@Parameter(description = "How many at most, 1 to 100") @RequestParam(defaultValue = "20") int limit) {
		IdRange range = range(optional("from", from, HistoryController::moment),
				optional("until", until, HistoryController::moment))
			.until(optional("before", before, NotificationId::parse));
		PastQuery query = query(optional("user_id", user, UserId::new),
				optional("application_id", application, ApplicationId::new),
				optional("campaign_id", campaign, CampaignId::parse), optional("status", status, StatusFilter::new),
				range, limit);
		Deadline deadline = Deadline.ofNewRequest();
		return inTime(deadline, () -> past.page(query, deadline));
	}

	private static PastQuery query(@Nullable UserId user, @Nullable ApplicationId application,
			@Nullable CampaignId campaign, @Nullable StatusFilter status, IdRange range, int limit) {
		try {
			return new PastQuery(user, application, campaign, status, range, limit);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException("limit", String.valueOf(ex.getMessage()));
		}
	}

	private static IdRange range(@Nullable Instant from, @Nullable Instant until) {
		if (from != null && until != null && !from.isBefore(until)) {
			throw new InvalidFieldException("until",
					"until must be later than from (%s), but was %s".formatted(from, until));
		}
		IdRange since = from == null ? IdRange.ALL : IdRange.ALL.from(from);
		return until == null ? since : since.until(until);
	}

	private static Instant moment(String text) {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException(
					"a moment must be as in 2026-11-20T10:00:00Z or 2026-11-20T11:00:00+01:00 (the + as %2B), "
							+ "but was \"" + text + "\"",
					ex);
		}
	}

	/**
	 * A connection that hangs would otherwise hold a caller until its socket gives up.
	 */
	private <T> T inTime(Deadline deadline, Supplier<T> query) {
		return deadline.await(CompletableFuture.supplyAsync(query, executor), "the database");
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
