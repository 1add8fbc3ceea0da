package dev.herald.common.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/**
 * A message that cannot be read as what it was expected to be. It never will be: retrying
 * is of no use.
 */
public final class MalformedMessageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MalformedMessageException(Class<?> expected, JacksonException cause) {
		this(expected, problem(cause), cause);
	}

	MalformedMessageException(Class<?> expected, String problem, @Nullable JacksonException cause) {
		super("expected a %s, but %s".formatted(expected.getSimpleName(), problem), cause);
	}

	private static String problem(JacksonException cause) {
		String place = JsonPlace.of(cause);
		return place.isEmpty() ? detail(cause) : "at " + place + ": " + detail(cause);
	}

	private static String detail(JacksonException cause) {
		// What a record says of its own values is clearer than Jackson's frame around it.
		Throwable refusal = cause instanceof DatabindException ? cause.getCause() : null;
		return refusal == null ? cause.getOriginalMessage() : String.valueOf(refusal.getMessage());
	}

}
