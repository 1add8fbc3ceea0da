package dev.herald.common.identity;

import java.util.UUID;
import java.util.regex.Pattern;

/** The one wording in which the identifiers of this package refuse a value. */
final class Identifiers {

	private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]+");

	private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

	private Identifiers() {
	}

	static String visibleAscii(String name, String value, int maxLength) {
		if (value.isEmpty() || value.length() > maxLength || !VISIBLE_ASCII.matcher(value).matches()) {
			throw new IllegalArgumentException("%s must be 1 to %d visible ASCII characters without spaces, but was %s"
				.formatted(name, maxLength, quoted(value)));
		}
		return value;
	}

	static UUID uuid(String name, String text) {
		// UUID.fromString takes much that is not of that form, and pads it.
		if (!UUID_FORM.matcher(text).matches()) {
			throw new IllegalArgumentException(
					"%s must be a UUID of 36 characters, but was %s".formatted(name, quoted(text)));
		}
		return UUID.fromString(text);
	}

	static String quoted(String value) {
		return value.length() <= 64 ? "\"" + value + "\""
				: "\"" + value.substring(0, 64) + "…\" (" + value.length() + " characters)";
	}

}
