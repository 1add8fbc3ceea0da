package dev.herald.embedded;

/**
 * The {@link EmbeddedBroker} could not start, or could not create what was asked of it.
 */
public final class EmbeddedBrokerException extends RuntimeException {

	EmbeddedBrokerException(String message) {
		super(message);
	}

	EmbeddedBrokerException(String message, Throwable cause) {
		super(message, cause);
	}

}
