package dev.herald.common.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A user, by the id the calling services know them by.
 *
 * @param value 1 to 128 visible ASCII characters, compared byte for byte
 */
public record UserId(@JsonValue String value) {

	/**
	 * @throws IllegalArgumentException if the value has another form
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public UserId {
		Identifiers.visibleAscii("user_id", value, 128);
	}

	@Override
	public String toString() {
		return value;
	}

}
