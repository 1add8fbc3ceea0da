package dev.herald.base.request;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.UserId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * The user and the application that a request is about, as its headers {@code user_id}
 * and {@code application_id} name them. Some proxies drop names with underscores, so
 * {@code user-id} and {@code application-id} mean the same.
 */
public record RequestSubject(UserId userId, ApplicationId applicationId) {

	private static final String EVERY_APPLICATION = "*";

	/**
	 * Reads both headers.
	 * @throws InvalidFieldException if one is missing, malformed, or given with two
	 * values
	 */
	public static RequestSubject of(HttpHeaders headers) {
		return new RequestSubject(read(headers, "user_id", UserId::new),
				read(headers, "application_id", ApplicationId::new));
	}

	/**
	 * Reads both headers, where the application may be {@code *}, which means every
	 * application.
	 * @throws InvalidFieldException as {@link #of}
	 */
	public static DeviceQuery query(HttpHeaders headers) {
		UserId user = read(headers, "user_id", UserId::new);
		return read(headers, "application_id", value -> value.equals(EVERY_APPLICATION) ? new DeviceQuery(user, null)
				: new DeviceQuery(user, new ApplicationId(value)));
	}

	/**
	 * Reads the application alone.
	 * @throws InvalidFieldException as {@link #of}
	 */
	public static ApplicationId application(HttpHeaders headers) {
		return read(headers, "application_id", ApplicationId::new);
	}

	private static <T> T read(HttpHeaders headers, String name, Function<String, T> type) {
		List<String> values = Stream.of(name, name.replace('_', '-'))
			.flatMap(spelling -> headers.getOrEmpty(spelling).stream())
			.map(String::strip)
			.distinct()
			.toList();
		if (values.size() != 1) {
			throw new InvalidFieldException(name, values.isEmpty() ? "the header %s is missing".formatted(name)
					: "the header %s must have one value, but has %d".formatted(name, values.size()));
		}
		try {
			return type.apply(values.getFirst());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFieldException(name, String.valueOf(ex.getMessage()));
		}
	}

}
