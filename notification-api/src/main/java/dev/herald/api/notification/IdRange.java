package dev.herald.api.notification;

import dev.herald.common.identity.NotificationId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of the past. Ids begin with their time, so a time is a bound of an index.
 *
 * @param from the oldest id that may be in it
 * @param until the oldest id that is newer than all in it; one that is not newer than
 * {@code from} leaves nothing
 */
public record IdRange(NotificationId from, NotificationId until) {

	/** All of the past. */
	public static final IdRange ALL = new IdRange(new NotificationId(new UUID(0, 0)),
			new NotificationId(new UUID(-1, -1)));

	private static final Instant LATEST = Instant.ofEpochMilli((1L << 48) - 1);

	/** This range without what is older than the moment. */
	public IdRange from(Instant moment) {
		return from(firstAt(moment));
	}

	/** This range without what is older than the id. */
	public IdRange from(NotificationId oldest) {
		return oldest.compareTo(from) > 0 ? new IdRange(oldest, until) : this;
	}

	/** This range without what is as new as the moment. */
	public IdRange until(Instant moment) {
		return until(firstAt(moment));
	}

	/** This range without the id and what is newer. */
	public IdRange until(@Nullable NotificationId end) {
		return end != null && end.compareTo(until) < 0 ? new IdRange(from, end) : this;
	}

	/** Whether the id is in this range. */
	public boolean contains(NotificationId id) {
		return id.compareTo(from) >= 0 && id.compareTo(until) < 0;
	}

	/**
	 * Ids tell milliseconds: the first that is not before a moment between two of them is
	 * of the second.
	 */
	private static NotificationId firstAt(Instant moment) {
		Instant bounded = moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment.isAfter(LATEST) ? LATEST : moment;
		long millis = bounded.plus(Duration.ofNanos(999_999)).toEpochMilli();
		return new NotificationId(new UUID(millis << 16, 0));
	}

}
