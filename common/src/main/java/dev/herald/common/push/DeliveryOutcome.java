package dev.herald.common.push;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How a job ended. Every job ends in exactly one of these; one without any is still
 * pending. None of them says that a person saw the push: the providers do not tell.
 */
public enum DeliveryOutcome {

	/** The provider took the push. */
	ACCEPTED("accepted"),

	/**
	 * The job's device is no longer registered: the provider no longer knows its token,
	 * or its login ended while the job waited (reason {@code LoggedOut}).
	 */
	TOKEN_INVALID("token_invalid"),

	/** The provider refused this push for good, and would refuse it again. */
	REJECTED("rejected"),

	/** Its time to live ran out before the provider took it. */
	EXPIRED("expired"),

	/** Given up after retries, and kept for an operator. */
	DEAD_LETTERED("dead_lettered");

	private final String value;

	DeliveryOutcome(String value) {
		this.value = value;
	}

	/** The name on the wire, in tables and in metrics: lower case. */
	@JsonValue
	public String value() {
		return value;
	}

	/**
	 * @throws IllegalArgumentException if no outcome has this name
	 */
	@JsonCreator
	public static DeliveryOutcome of(String value) {
		for (DeliveryOutcome outcome : values()) {
			if (outcome.value.equals(value)) {
				return outcome;
			}
		}
		throw new IllegalArgumentException("unknown delivery outcome \"" + value + "\"");
	}

	@Override
	public String toString() {
		return value;
	}

}
