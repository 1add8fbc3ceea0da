package dev.herald.tokenstore.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The version of the app on a device, as the app writes it, such as
 * {@code 4.12.0 (7731)}.
 *
 * @param value 1 to 64 visible ASCII characters, with spaces between them
 */
public record AppVersion(@JsonValue String value) {

	private static final Pattern FORM = Pattern.compile("(?=.{1,64}$)[\\x21-\\x7E]+( +[\\x21-\\x7E]+)*+");

	/**
	 * @throws IllegalArgumentException if the value has another form
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public AppVersion {
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"app_version must be 1 to 64 visible ASCII characters such as 4.12.0 (7731), but was \"%.64s\""
						.formatted(value));
		}
	}

	@Override
	public String toString() {
		return value;
	}

}
