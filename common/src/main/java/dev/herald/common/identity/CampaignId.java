package dev.herald.common.identity;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * A campaign, by a UUIDv7. A broadcast shows everyone the same notification, so its
 * notification has the same UUID ({@link #broadcastNotification()}); of a targeted push
 * every user's notification has its own.
 */
public record CampaignId(@JsonValue UUID value) {

	/**
	 * @throws NullPointerException if there is no value
	 */
	public CampaignId {
		requireNonNull(value, "campaign_id is missing");
	}

	/** A new id for this moment. Safe for use by many threads. */
	public static CampaignId create() {
		return new CampaignId(NotificationId.create().value());
	}

	/**
	 * @throws IllegalArgumentException if the text is not a UUID in its canonical 36
	 * characters
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static CampaignId parse(String text) {
		return new CampaignId(Identifiers.uuid("campaign_id", text));
	}

	/** The one notification of a broadcast. */
	public NotificationId broadcastNotification() {
		return new NotificationId(value);
	}

	@Override
	public String toString() {
		return value.toString();
	}

}
