package dev.herald.common.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A mobile app, by the id its company gave it, such as {@code com.acme.rider}. It is part
 * of queue names and routing keys, so it holds only letters, digits, dots, hyphens and
 * underscores.
 *
 * @param value 1 to 128 characters, the first a letter or a digit
 */
public record ApplicationId(@JsonValue String value) implements Comparable<ApplicationId> {

	private static final int MAX_LENGTH = 128;

	/**
	 * @throws IllegalArgumentException if the value has another form
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ApplicationId {
		if (!hasForm(value)) {
			throw new IllegalArgumentException(
					"application_id must be 1 to 128 letters, digits, dots, hyphens or underscores, the first a letter or a digit, but was "
							+ Identifiers.quoted(value));
		}
	}

	private static boolean hasForm(String value) {
		if (value.isEmpty() || value.length() > MAX_LENGTH || !isLetterOrDigit(value.charAt(0))) {
			return false;
		}
		for (int i = 1; i < value.length(); i++) {
			char c = value.charAt(i);
			if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
				return false;
			}
		}
		return true;
	}

	private static boolean isLetterOrDigit(char c) {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
	}

	@Override
	public int compareTo(ApplicationId other) {
		return value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return value;
	}

}
