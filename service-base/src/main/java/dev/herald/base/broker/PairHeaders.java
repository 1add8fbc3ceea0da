package dev.herald.base.broker;

import com.rabbitmq.client.AMQP;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside a pair of a targeted push, in the headers of its message. An
 * external publisher needs none of it.
 *
 * @param acceptedAt when the pair was taken, to the millisecond
 * @param firstFailedAt when its article could not be had for the first time, or null
 * @param failures how often its article could not be had
 */
public record PairHeaders(Instant acceptedAt, @Nullable Instant firstFailedAt, int failures) {

	private static final String ACCEPTED_AT = "herald-accepted-at";

	private static final String FIRST_FAILED_AT = "herald-first-failed-at";

	private static final String FAILURES = "herald-failures";

	/** By how much a publisher's clock may be ahead of ours. */
	private static final Duration SKEW = Duration.ofHours(1);

	/** Those of a pair that is taken at this moment. */
	public static PairHeaders acceptedAt(Instant now) {
		return new PairHeaders(now.truncatedTo(ChronoUnit.MILLIS), null, 0);
	}

	/**
	 * Reads them from a message. Where an external publisher has set the AMQP property
	 * {@code timestamp}, that is when the pair was taken, and otherwise it is now.
	 */
	public static PairHeaders of(AMQP.BasicProperties properties, Instant now) {
		Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
		Instant accepted = moment(headers.get(ACCEPTED_AT));
		Object failures = headers.get(FAILURES);
		return new PairHeaders(accepted == null ? published(properties.getTimestamp(), now) : accepted,
				moment(headers.get(FIRST_FAILED_AT)), failures instanceof Number number ? number.intValue() : 0);
	}

	private static Instant published(@Nullable Date timestamp, Instant now) {
		// Some publishers write milliseconds where AMQP has seconds; that is far ahead.
		return timestamp == null || timestamp.getTime() <= 0 || timestamp.toInstant().isAfter(now.plus(SKEW))
				? now.truncatedTo(ChronoUnit.MILLIS) : timestamp.toInstant();
	}

	private static @Nullable Instant moment(@Nullable Object header) {
		return header instanceof Number number ? Instant.ofEpochMilli(number.longValue()) : null;
	}

	/** The same after one more failure. */
	public PairHeaders failedAt(Instant now) {
		return new PairHeaders(acceptedAt, firstFailedAt == null ? now : firstFailedAt, failures + 1);
	}

	/** As headers of a message. */
	public Map<String, Object> toMap() {
		Map<String, Object> headers = new HashMap<>();
		headers.put(ACCEPTED_AT, acceptedAt.toEpochMilli());
		if (firstFailedAt != null) {
			headers.put(FIRST_FAILED_AT, firstFailedAt.toEpochMilli());
			headers.put(FAILURES, failures);
		}
		return headers;
	}

}
