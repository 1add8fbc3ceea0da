package dev.herald.base.request;

import dev.herald.base.problem.InvalidFieldException;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Function;

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
	public static RequestSubject of(HttpServletRequest request) {
		return new RequestSubject(read(request, "user_id", UserId::new),
				read(request, "application_id", ApplicationId::new));
	}

	/**
	 * Reads both headers, where the application may be {@code *}, which means every
	 * application.
	 * @throws InvalidFieldException as {@link #of}
	 */
	public static DeviceQuery query(HttpServletRequest request) {
		UserId user = read(request, "user_id", UserId::new);
		return read(request, "application_id", value -> value.equals(EVERY_APPLICATION) ? new DeviceQuery(user, null)
				: new DeviceQuery(user, new ApplicationId(value)));
	}

	/**
	 * Reads the application alone.
	 * @throws InvalidFieldException as {@link #of}
	 */
	public static ApplicationId application(HttpServletRequest request) {
		return read(request, "application_id", ApplicationId::new);
	}

	private static <T> T read(HttpServletRequest request, String name, Function<String, T> type) {
		SequencedSet<String> values = new LinkedHashSet<>();
		for (String spelling : List.of(name, name.replace('_', '-'))) {
			request.getHeaders(spelling).asIterator().forEachRemaining(value -> values.add(value.strip()));
		}
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
