package dev.herald.common.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One installation of an application, by the id the app gave itself or the token store
 * gave it.
 *
 * @param value 1 to 128 visible ASCII characters, compared byte for byte
 */
public record DeviceId(@JsonValue String value) {

	/**
	 * @throws IllegalArgumentException if the value has another form
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public DeviceId {
		Identifiers.visibleAscii("device_id", value, 128);
	}

	@Override
	public String toString() {
		return value;
	}

}
