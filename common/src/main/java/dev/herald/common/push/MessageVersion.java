package dev.herald.common.push;

/** Refuses messages of a form this code does not know, in one wording. */
final class MessageVersion {

	private MessageVersion() {
	}

	static void check(String message, int known, int actual) {
		if (actual != known) {
			throw new IllegalArgumentException(
					"version of a %s must be %d, but was %d".formatted(message, known, actual));
		}
	}

}
