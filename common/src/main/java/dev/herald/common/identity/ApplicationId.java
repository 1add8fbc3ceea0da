package dev.herald.common.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A mobile app, by the id its company gave it, such as {@code com.acme.rider}. It is part
 * of queue names and routing keys, so it holds only letters, digits, dots, hyphens and
 * underscores.
 *
 * @param value 1 to 128 characters, the first a letter or a digit
 */
public record ApplicationId(@JsonValue String value) implements Comparable<ApplicationId> {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

	/**
	 * @throws IllegalArgumentException if the value has another form
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ApplicationId {
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"application_id must be 1 to 128 letters, digits, dots, hyphens or underscores, the first a letter or a digit, but was "
							+ Identifiers.quoted(value));
		}
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
