package dev.herald.base.tokenstore;

import org.jspecify.annotations.Nullable;

/** The token store gave no usable answer in time. */
public final class TokenStoreException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TokenStoreException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
