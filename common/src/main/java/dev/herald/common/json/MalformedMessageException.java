package dev.herald.common.json;

import tools.jackson.core.JacksonException;

/**
 * A message that cannot be read as what it was expected to be. It never will be: retrying
 * is of no use.
 */
public final class MalformedMessageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MalformedMessageException(Class<?> expected, JacksonException cause) {
		super("expected a %s, but: %s".formatted(expected.getSimpleName(), cause.getOriginalMessage()), cause);
	}

}
