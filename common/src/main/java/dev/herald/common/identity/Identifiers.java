package dev.herald.common.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one wording in which the identifiers of this package refuse a value. */
final class Identifiers {

	private static final int UUID_LENGTH = 36;

	private Identifiers() {
	}

	static String visibleAscii(String name, String value, int maxLength) {
		if (!isVisibleAscii(value, maxLength)) {
			throw new IllegalArgumentException("%s must be 1 to %d visible ASCII characters without spaces, but was %s"
				.formatted(name, maxLength, quoted(value)));
		}
		return value;
	}

	/**
	 * A loop: ids are read several times for every push, and a regex costs as many times
	 * more.
	 */
	static boolean isVisibleAscii(String value, int maxLength) {
		if (value.isEmpty() || value.length() > maxLength) {
			return false;
		}
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c <= ' ' || c > '~') {
				return false;
			}
		}
		return true;
	}

	static UUID uuid(String name, String text) {
		if (text.length() == UUID_LENGTH) {
			try {
				UUID uuid = UUID.fromString(text);
				// It takes much that is not of that form, and pads it.
				if (uuid.toString().equalsIgnoreCase(text)) {
					return uuid;
				}
			}
			catch (IllegalArgumentException ex) {
				throw malformedUuid(name, text, ex);
			}
		}
		throw malformedUuid(name, text, null);
	}

	private static IllegalArgumentException malformedUuid(String name, String text, @Nullable Throwable cause) {
		return new IllegalArgumentException(
				"%s must be a UUID of 36 characters, but was %s".formatted(name, quoted(text)), cause);
	}

	static String quoted(String value) {
		return value.length() <= 64 ? "\"" + value + "\""
				: "\"" + value.substring(0, 64) + "…\" (" + value.length() + " characters)";
	}

}
