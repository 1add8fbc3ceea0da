package dev.herald.worker.job;

/**
 * How an attempt is counted. The books of a worker: jobs taken = accepted + token invalid
 * + rejected + expired + dead-lettered + retried + postponed.
 */
enum AttemptResult {

	ACCEPTED("accepted"),

	TOKEN_INVALID("token_invalid"),

	REJECTED("rejected"),

	EXPIRED("expired"),

	DEAD_LETTERED("dead_lettered"),

	/** Not an end: another attempt follows. */
	RETRIED("retried"),

	/** Not even an attempt: the provider still wants to be left alone. */
	POSTPONED("postponed");

	private final String tag;

	AttemptResult(String tag) {
		this.tag = tag;
	}

	/** The value of the metric's tag {@code outcome}. */
	String tag() {
		return tag;
	}

}
