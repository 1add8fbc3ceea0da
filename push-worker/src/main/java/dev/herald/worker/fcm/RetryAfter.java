package dev.herald.worker.fcm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Retry-After} header: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {

	/** Longer than any push lives; a clock must be able to add it up. */
	private static final Duration LONGEST = Duration.ofDays(30);

	private RetryAfter() {
	}

	/** The delay the header asks for, or null if it is absent or unreadable. */
	static @Nullable Duration parse(@Nullable String header, Instant now) {
		if (header == null) {
			return null;
		}
		try {
			return bounded(Duration.ofSeconds(Long.parseLong(header.strip())));
		}
		catch (NumberFormatException | ArithmeticException ignored) {
			return parseDate(header.strip(), now);
		}
	}

	private static @Nullable Duration parseDate(String header, Instant now) {
		try {
			Instant date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			return bounded(Duration.between(now, date));
		}
		catch (DateTimeException ignored) {
			return null;
		}
	}

	private static Duration bounded(Duration duration) {
		if (duration.isNegative()) {
			return Duration.ZERO;
		}
		return duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
	}

}
