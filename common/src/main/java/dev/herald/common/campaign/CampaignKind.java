package dev.herald.common.campaign;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a campaign shows to whom. */
public enum CampaignKind {

	/** The same to everyone. */
	BROADCAST("broadcast"),

	/** To each user an article of their own. */
	TARGETED("targeted");

	private final String value;

	CampaignKind(String value) {
		this.value = value;
	}

	/** The name on the wire and in tables: lower case. */
	@JsonValue
	public String value() {
		return value;
	}

	/**
	 * @throws IllegalArgumentException if no kind has this name
	 */
	@JsonCreator
	public static CampaignKind of(String value) {
		for (CampaignKind kind : values()) {
			if (kind.value.equals(value)) {
				return kind;
			}
		}
		throw new IllegalArgumentException("kind must be broadcast or targeted, but was \"" + value + "\"");
	}

	@Override
	public String toString() {
		return value;
	}

}
