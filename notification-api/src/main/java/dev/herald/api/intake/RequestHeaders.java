package dev.herald.api.intake;

import dev.herald.api.idempotency.IdempotencyKey;
import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.UserId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What the headers of a request say. Some proxies drop header names with underscores, so
 * {@code user-id} means the same as {@code user_id}.
 */
final class RequestHeaders {

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private static final String EVERY_APPLICATION = "*";

	private final HttpHeaders headers;

	RequestHeaders(HttpHeaders headers) {
		this.headers = headers;
	}

	/**
	 * Who is to be reached.
	 * @throws InvalidFieldException if a header is missing, malformed, or given twice and
	 * differently
	 */
	DeviceQuery recipient() {
		UserId user = parsed("user_id", required("user_id"), UserId::new);
		String application = required("application_id");
		return new DeviceQuery(user, EVERY_APPLICATION.equals(application) ? null
				: parsed("application_id", application, ApplicationId::new));
	}

	/**
	 * The request's idempotency key, if it has one.
	 * @param caller the name of the caller's API key
	 * @throws InvalidFieldException if it is malformed, or given twice and differently
	 */
	@Nullable IdempotencyKey idempotencyKey(String caller) {
		String key = single(IDEMPOTENCY_KEY, Stream.of(IDEMPOTENCY_KEY));
		return key == null ? null : parsed(IDEMPOTENCY_KEY, key, text -> new IdempotencyKey(caller, text));
	}

	private String required(String name) {
		String value = single(name, Stream.of(name, name.replace('_', '-')));
		if (value == null) {
			throw new InvalidFieldException(name, "header %s is missing".formatted(name));
		}
		return value;
	}

	private @Nullable String single(String name, Stream<String> spellings) {
		List<String> values = spellings.flatMap(spelling -> headers.getOrEmpty(spelling).stream())
			.map(String::strip)
			.distinct()
			.toList();
		if (values.size() > 1) {
			throw new InvalidFieldException(name,
					"header %s is given with %d different values".formatted(name, values.size()));
		}
		return values.isEmpty() ? null : values.getFirst();
	}

	private static <T> T parsed(String name, String value, Function<String, T> type) {
		try {
			return type.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException(name, String.valueOf(ex.getMessage()));
		}
	}

}
