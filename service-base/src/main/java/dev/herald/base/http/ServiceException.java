package dev.herald.base.http;

import org.jspecify.annotations.Nullable;

/** Another of Herald's services gave no usable answer in time. */
public final class ServiceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param message names the service and what is wrong
	 */
	public ServiceException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
