package dev.herald.api.deadletter;

import dev.herald.api.deadletter.DeadLetterDesk.Discarded;
import dev.herald.api.deadletter.DeadLetterDesk.Replayed;
import dev.herald.api.http.Deadline;
import dev.herald.common.push.PushJob;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /dead-letters}: for operators. */
@RestController
@RequestMapping(path = "/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
@ApiResponse(responseCode = "200", description = "Done")
@ApiResponse(responseCode = "400", description = "Malformed; field names what", content = @Content)
@ApiResponse(responseCode = "503", content = @Content,
		description = "Something is away and nothing was done; Retry-After says when")
class DeadLetterController {

	private static final int MAX_PAGE = 500;

	private static final int DEFAULT_PAGE = 50;

	private static final int MAX_LIMIT = 10_000;

	private static final int DEFAULT_LIMIT = 1000;

	/** Counting reads an index from end to end; nobody but an operator waits for it. */
	private static final Duration COUNT_PATIENCE = Duration.ofSeconds(10);

	private final JdbcDeadLetters letters;

	private final DeadLetterDesk desk;

	private final Executor executor;

	DeadLetterController(JdbcDeadLetters letters, DeadLetterDesk desk, @Qualifier("blockingCalls") Executor executor) {
		this.letters = letters;
		this.desk = desk;
		this.executor = executor;
	}

	@GetMapping
	@Operation(summary = "Lists jobs that were given up, newest first")
	@Filters
	@Parameter(in = ParameterIn.QUERY, name = "before",
			schema = @Schema(type = "integer", format = "int64", minimum = "1"),
			description = "The next of the page before")
	@Parameter(in = ParameterIn.QUERY, name = "limit", schema = @Schema(type = "integer", minimum = "1",
			maximum = "" + MAX_PAGE, defaultValue = "" + DEFAULT_PAGE))
	DeadLetterPage list(HttpServletRequest request) throws IOException {
		var parameters = new DeadLetterParameters(request, "application_id", "provider", "reason", "before", "limit");
		DeadLetterFilter filter = parameters.filter();
		long before = parameters.number("before", 1, Long.MAX_VALUE, Long.MAX_VALUE);
		int limit = (int) parameters.number("limit", 1, MAX_PAGE, DEFAULT_PAGE);
		return inTime(Deadline.ofNewRequest(), () -> DeadLetterPage.of(letters.page(filter, before, limit), limit));
	}

	@GetMapping("/count")
	@Operation(summary = "Counts jobs that were given up, by application, provider and reason")
	@Filters
	DeadLetterCounts count(HttpServletRequest request) throws IOException {
		DeadLetterFilter filter = new DeadLetterParameters(request, "application_id", "provider", "reason").filter();
		return inTime(Deadline.within(COUNT_PATIENCE), () -> DeadLetterCounts.of(letters.count(filter)));
	}

	@PostMapping("/replay")
	@Operation(summary = "Publishes jobs that were given up anew, the oldest first",
			description = "At least one filter must be given, or all=true. What was replayed is no longer listed.")
	@Filters
	@Sweep
	@Parameter(in = ParameterIn.QUERY, name = "ttl_seconds",
			schema = @Schema(type = "integer", minimum = "1", maximum = "" + PushJob.MAX_TTL_SECONDS),
			description = "How long they are worth showing from now on; else their expiry stays as it was")
	Replayed replay(HttpServletRequest request) throws IOException {
		var parameters = new DeadLetterParameters(request, "application_id", "provider", "reason", "all", "limit",
				"ttl_seconds");
		return desk.replay(parameters.deliberateFilter(), limit(parameters), timeToLive(parameters));
	}

	@PostMapping("/discard")
	@Operation(summary = "Forgets jobs that were given up, the oldest first",
			description = "At least one filter must be given, or all=true. Their notifications go on saying that "
					+ "they were dead-lettered.")
	@Filters
	@Sweep
	Discarded discard(HttpServletRequest request) throws IOException {
		var parameters = new DeadLetterParameters(request, "application_id", "provider", "reason", "all", "limit");
		return desk.discard(parameters.deliberateFilter(), limit(parameters));
	}

	private static int limit(DeadLetterParameters parameters) {
		return (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
	}

	private static @Nullable Duration timeToLive(DeadLetterParameters parameters) {
		return parameters.has("ttl_seconds")
				? Duration.ofSeconds(parameters.number("ttl_seconds", 1, PushJob.MAX_TTL_SECONDS, 1)) : null;
	}

	private <T> T inTime(Deadline deadline, Supplier<T> query) {
		return deadline.await(CompletableFuture.supplyAsync(query, executor), "the database");
	}

	/** Which dead letters are meant. */
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@Parameter(in = ParameterIn.QUERY, name = "application_id", schema = @Schema(type = "string", maxLength = 128))
	@Parameter(in = ParameterIn.QUERY, name = "provider",
			schema = @Schema(type = "string", allowableValues = { "fcm", "apns" }))
	@Parameter(in = ParameterIn.QUERY, name = "reason",
			schema = @Schema(type = "string", minLength = 1, maxLength = 64),
			description = "The last answer in a word, as the list shows it")
	@interface Filters {

	}

	/** How many are meant at once. */
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@Parameter(in = ParameterIn.QUERY, name = "all", schema = @Schema(type = "boolean"),
			description = "true where no filter is given: every one is meant")
	@Parameter(in = ParameterIn.QUERY, name = "limit", schema = @Schema(type = "integer", minimum = "1",
			maximum = "" + MAX_LIMIT, defaultValue = "" + DEFAULT_LIMIT))
	@interface Sweep {

	}

}
