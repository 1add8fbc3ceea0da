package dev.herald.api.campaign;

import java.time.Duration;
import java.time.Instant;

/**
 * The minutes when everyone else's pushes start: from one minute before each quarter of
 * an hour to two past (Firebase, <em>Best practices when sending FCM messages at
 * scale</em>).
 */
final class QuarterHours {

	private static final long QUARTER = Duration.ofMinutes(15).toSeconds();

	private static final long BEFORE = Duration.ofMinutes(1).toSeconds();

	private static final long AFTER = Duration.ofMinutes(2).toSeconds();

	private QuarterHours() {
	}

	/** The same moment, or when the busy minutes that it falls into are over. */
	static Instant keptOff(Instant moment) {
		long second = moment.getEpochSecond();
		long quarter = Math.floorDiv(second + BEFORE, QUARTER) * QUARTER;
		return second < quarter + AFTER ? Instant.ofEpochSecond(quarter + AFTER) : moment;
	}

}
