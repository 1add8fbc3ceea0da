package dev.herald.common.identity;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;

/**
 * A notification, by a UUIDv7 (RFC 9562): ids created later sort later, so the tables
 * that hold them grow at their end.
 */
public record NotificationId(@JsonValue UUID value) implements Comparable<NotificationId> {

	/**
	 * @throws NullPointerException if there is no value
	 */
	public NotificationId {
		requireNonNull(value, "notification_id is missing");
	}

	/**
	 * A new id for this moment. Safe for use by many threads; ids of one process never
	 * repeat, and never run backwards unless the clock is set back by more than ten
	 * seconds.
	 */
	public static NotificationId create() {
		return new NotificationId(UuidCreator.getTimeOrderedEpoch());
	}

	/**
	 * @throws IllegalArgumentException if the text is not a UUID in its canonical 36
	 * characters
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static NotificationId parse(String text) {
		return new NotificationId(Identifiers.uuid("notification_id", text));
	}

	/**
	 * When the id was created, to the millisecond; only meaningful for ids made by
	 * {@link #create()}.
	 */
	public Instant createdAt() {
		return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
	}

	@Override
	public int compareTo(NotificationId other) {
		int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
		return high != 0 ? high
				: Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
	}

	@Override
	public String toString() {
		return value.toString();
	}

}
