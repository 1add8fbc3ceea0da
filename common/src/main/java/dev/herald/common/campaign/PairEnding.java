package dev.herald.common.campaign;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What became of a pair of a targeted push. */
public enum PairEnding {

	/** A job was published for each of the user's devices. */
	QUEUED("queued"),

	/** The user has no device in the application. */
	NO_DEVICES("no_devices"),

	/** The content service does not know the article. */
	NO_ARTICLE("no_article"),

	/** The article was not to be had for too long, or cannot be shown. */
	GIVEN_UP("given_up"),

	/** It was worth showing no longer before it could be sent. */
	EXPIRED("expired"),

	/** The campaign was cancelled first. */
	CANCELLED("cancelled");

	private final String value;

	PairEnding(String value) {
		this.value = value;
	}

	/** The name on the wire: lower case. */
	@JsonValue
	public String value() {
		return value;
	}

	/**
	 * @throws IllegalArgumentException if no ending has this name
	 */
	@JsonCreator
	public static PairEnding of(String value) {
		for (PairEnding ending : values()) {
			if (ending.value.equals(value)) {
				return ending;
			}
		}
		throw new IllegalArgumentException("\"" + value + "\" is no ending of a pair");
	}

	@Override
	public String toString() {
		return value;
	}

}
