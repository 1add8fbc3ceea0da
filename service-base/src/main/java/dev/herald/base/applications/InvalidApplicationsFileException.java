package dev.herald.base.applications;

import org.jspecify.annotations.Nullable;

/**
 * An applications file that cannot be used, with the place and what was expected there.
 */
public final class InvalidApplicationsFileException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidApplicationsFileException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
