package dev.herald.common.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One login of one user on one device, numbered by the token store. It survives a
 * refreshed token; a logout ends it, and so does another user's login on the same device.
 * Later registrations have greater numbers.
 *
 * @param value positive
 */
public record RegistrationId(@JsonValue long value) {

	/**
	 * @throws IllegalArgumentException if the value is not positive
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public RegistrationId {
		if (value <= 0) {
			throw new IllegalArgumentException("registration_id must be positive, but was " + value);
		}
	}

	@Override
	public String toString() {
		return Long.toString(value);
	}

}
