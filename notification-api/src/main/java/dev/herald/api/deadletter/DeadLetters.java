package dev.herald.api.deadletter;

import java.time.Instant;

/**
 * Jobs that were given up, one entry for each. Safe for use by many threads, and by
 * several instances of the service.
 */
public interface DeadLetters {

	/**
	 * Forgets dead letters of notifications older than the moment.
	 * @param limit how many at most
	 * @return how many were forgotten
	 */
	int deleteBefore(Instant moment, int limit);

}
