package dev.herald.common.push;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A job that was given up, kept for an operator to replay or discard.
 *
 * @param version the form of this message; {@value #VERSION} is the only one yet
 * @param job the job, with the number of the last attempt
 * @param reason the last answer, in the provider's own words where there was one
 * @param givenUpAt when it was given up
 */
public record DeadLetter(int version, PushJob job, String reason, Instant givenUpAt) {

	/** The form of this message that this code writes. */
	public static final int VERSION = 1;

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if the version is another
	 */
	public DeadLetter {
		MessageVersion.check("dead letter", VERSION, version);
		requireNonNull(job, "job is missing");
		requireNonNull(reason, "reason is missing");
		requireNonNull(givenUpAt, "given_up_at is missing");
	}

	/** Gives a job up. */
	public static DeadLetter of(PushJob job, String reason, Instant givenUpAt) {
		return new DeadLetter(VERSION, job, reason, givenUpAt);
	}

}
