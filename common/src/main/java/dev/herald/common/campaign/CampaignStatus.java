package dev.herald.common.campaign;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a campaign is doing. */
public enum CampaignStatus {

	/** It waits for its start. */
	SCHEDULED("scheduled"),

	/** It sends. */
	RUNNING("running"),

	/** An operator holds it; it goes on when told to. */
	PAUSED("paused"),

	/** An operator ended it; what was queued before is still sent. */
	CANCELLED("cancelled"),

	/** Everything was queued, and every job has ended. */
	ENDED("ended");

	private final String value;

	CampaignStatus(String value) {
		this.value = value;
	}

	/** The name on the wire: lower case. */
	@JsonValue
	public String value() {
		return value;
	}

	/**
	 * @throws IllegalArgumentException if no status has this name
	 */
	@JsonCreator
	public static CampaignStatus of(String value) {
		for (CampaignStatus status : values()) {
			if (status.value.equals(value)) {
				return status;
			}
		}
		throw new IllegalArgumentException(
				"status must be scheduled, running, paused, cancelled or ended, but was \"" + value + "\"");
	}

	@Override
	public String toString() {
		return value;
	}

}
