package dev.herald.worker.job;

/**
 * How a job that was taken is counted. The books of a worker: jobs taken = accepted +
 * token invalid + logged out + rejected + expired + dead-lettered + retried + postponed +
 * moved + held.
 */
enum AttemptResult {

	ACCEPTED("accepted"),

	TOKEN_INVALID("token_invalid"),

	/** Reported as an invalid token too: not sent, for its login is over. */
	LOGGED_OUT("logged_out"),

	REJECTED("rejected"),

	EXPIRED("expired"),

	DEAD_LETTERED("dead_lettered"),

	/** Not an end: another attempt follows. */
	RETRIED("retried"),

	/** Not an end, and not sent: the provider still wants to be left alone. */
	POSTPONED("postponed"),

	/** Not an end, and not sent: the job went to the queue of the other provider. */
	MOVED("moved"),

	/** Not an end, and not sent: the job waits for the token store. */
	HELD("held");

	private final String tag;

	AttemptResult(String tag) {
		this.tag = tag;
	}

	/** The value of the metric's tag {@code outcome}. */
	String tag() {
		return tag;
	}

}
