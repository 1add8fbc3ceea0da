package dev.herald.tokenstore.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The language and region of a device as its app tells them. Android and iOS write them
 * in forms of their own ({@code de-AT}, {@code zh_Hans_CN}, {@code en_US@rg=gbzzzz}), so
 * the form is left open.
 *
 * @param value 1 to 64 visible ASCII characters
 */
public record DeviceLocale(@JsonValue String value) {

	private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,64}");

	/**
	 * @throws IllegalArgumentException if the value has another form
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public DeviceLocale {
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"locale must be 1 to 64 visible ASCII characters such as de-AT, but was \"%.64s\""
						.formatted(value));
		}
	}

	@Override
	public String toString() {
		return value;
	}

}
