package dev.herald.common.push;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A job that was given up, kept for an operator to replay or discard.
 *
 * @param version the form of this message; {@value #VERSION} is the only one yet
 * @param job the job, with the number of the last attempt
 * @param reason the last answer in a word, to filter by; 1 to {@value #MAX_REASON}
 * characters
 * @param lastAnswer the last answer in full, in the provider's own words where there was
 * one
 * @param limit which limit was reached, such as {@code 10 attempts}
 * @param firstTriedAt when the job was tried first
 * @param givenUpAt when it was given up
 */
public record DeadLetter(int version, PushJob job, String reason, String lastAnswer, String limit, Instant firstTriedAt,
		Instant givenUpAt) {

	/** The form of this message that this code writes. */
	public static final int VERSION = 1;

	/** The longest reason, in characters. */
	public static final int MAX_REASON = 64;

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if the version is another, or the reason is empty
	 * or too long
	 */
	public DeadLetter {
		MessageVersion.check("dead letter", VERSION, version);
		requireNonNull(job, "job is missing");
		requireNonNull(reason, "reason is missing");
		requireNonNull(lastAnswer, "last_answer is missing");
		requireNonNull(limit, "limit is missing");
		requireNonNull(firstTriedAt, "first_tried_at is missing");
		requireNonNull(givenUpAt, "given_up_at is missing");
		if (reason.isEmpty() || reason.length() > MAX_REASON) {
			throw new IllegalArgumentException(
					"reason must be 1 to %d characters, but has %d".formatted(MAX_REASON, reason.length()));
		}
	}

	/**
	 * Gives a job up.
	 * @param lastAnswer the last answer: a word, and behind a colon whatever else was
	 * said; the reason is the word, so that there are few of them
	 * @param limit which limit was reached
	 */
	public static DeadLetter of(PushJob job, String lastAnswer, String limit, Instant firstTriedAt, Instant givenUpAt) {
		return new DeadLetter(VERSION, job, word(lastAnswer), lastAnswer, limit, firstTriedAt, givenUpAt);
	}

	private static String word(String answer) {
		int colon = answer.indexOf(':');
		String word = (colon < 0 ? answer : answer.substring(0, colon)).strip();
		if (word.isEmpty()) {
			return "unknown";
		}
		return word.length() <= MAX_REASON ? word : word.substring(0, MAX_REASON);
	}

}
