package dev.herald.common.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The token by which a provider knows a device. Neither vendor fixes its length (Apple,
 * <em>Registering your app with APNs</em>: "APNs device tokens are of variable length"),
 * so only an upper bound is set here. Whoever holds a token and a credential can push to
 * the phone: it prints abbreviated.
 *
 * @param value 1 to 2,048 visible ASCII characters
 */
public record DeviceToken(@JsonValue String value) {

	/**
	 * The longest token taken, in characters; the longest seen from either provider is a
	 * tenth of it.
	 */
	public static final int MAX_LENGTH = 2048;

	/**
	 * @throws IllegalArgumentException if the value has another form; the message does
	 * not repeat the token
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public DeviceToken {
		if (!Identifiers.isVisibleAscii(value, MAX_LENGTH)) {
			throw new IllegalArgumentException(
					"token must be 1 to %d visible ASCII characters without spaces, but has %d characters"
						.formatted(MAX_LENGTH, value.length()));
		}
	}

	@Override
	public String toString() {
		return value.substring(0, Math.min(6, value.length() / 2)) + "…";
	}

}
