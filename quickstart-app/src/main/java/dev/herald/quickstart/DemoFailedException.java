package dev.herald.quickstart;

/** The demo did not see what it must see; the message says what. */
final class DemoFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DemoFailedException(String message) {
		super(message);
	}

	DemoFailedException(String message, Throwable cause) {
		super(message, cause);
	}

}
