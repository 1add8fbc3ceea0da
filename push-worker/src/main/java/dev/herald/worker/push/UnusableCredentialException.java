package dev.herald.worker.push;

import org.jspecify.annotations.Nullable;

/**
 * A credential that cannot be used. The message says which file and what was expected in
 * it, and nothing of what is in it.
 */
public final class UnusableCredentialException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String reason;

	public UnusableCredentialException(String reason, @Nullable Throwable cause) {
		super(reason, cause);
		this.reason = reason;
	}

	/** The message, for an operator. */
	public String reason() {
		return reason;
	}

}
