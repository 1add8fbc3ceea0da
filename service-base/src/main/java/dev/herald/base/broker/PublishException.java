package dev.herald.base.broker;

import org.jspecify.annotations.Nullable;

/**
 * A message that the broker is not known to have kept. It may have been kept all the
 * same.
 */
public final class PublishException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	PublishException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/** Why. */
	public Reason reason() {
		return reason;
	}

	/** What kept the broker from confirming. */
	public enum Reason {

		/** No queue is bound for the routing key. */
		UNROUTABLE,

		/** The broker refused it. */
		NACKED,

		/** There is no connection, or it broke before the confirm came. */
		CONNECTION_LOST,

		/**
		 * The broker has stopped reading from publishers: it is short of memory or disk.
		 */
		BLOCKED,

		/** As many messages as allowed already wait for their confirms. */
		SATURATED

	}

}
