package dev.herald.common.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Which of a provider's worlds a token belongs to. APNs answers a token of the other
 * world with {@code BadDeviceToken} (Apple, <em>Handling notification responses from
 * APNs</em>); FCM knows only production.
 */
public enum Environment {

	PRODUCTION("production"),

	/** Builds signed for development. */
	SANDBOX("sandbox");

	private final String value;

	Environment(String value) {
		this.value = value;
	}

	/** The name on the wire and in tables: lower case. */
	@JsonValue
	public String value() {
		return value;
	}

	/**
	 * @throws IllegalArgumentException if no environment has this name
	 */
	@JsonCreator
	public static Environment of(String value) {
		for (Environment environment : values()) {
			if (environment.value.equals(value)) {
				return environment;
			}
		}
		throw new IllegalArgumentException(
				"environment must be production or sandbox, but was " + Identifiers.quoted(value));
	}

	@Override
	public String toString() {
		return value;
	}

}
