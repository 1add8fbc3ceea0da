package dev.herald.worker.apns;

/**
 * How the tokens of an application have been answered of late, which is what tells a dead
 * token from a wrong environment or topic: both get {@code BadDeviceToken}.
 */
enum TokenStanding {

	/** Some token was accepted lately: a refused one is itself to blame. */
	ACCEPTED,

	/** Too little has been seen to tell. */
	UNKNOWN,

	/** Many different tokens were refused and none accepted: we are to blame. */
	REFUSED

}
