package dev.herald.api.deadletter;

import java.util.Collection;
import java.util.List;

/**
 * What is done with dead letters that leave the table, batch by batch. For one thread.
 */
interface Disposal {

	/**
	 * Deals with a batch while its rows are locked.
	 * @param letters never none
	 * @return the numbers of those to remove; if it throws, all stay
	 */
	Collection<Long> dispose(List<KeptDeadLetter> letters);

	/**
	 * Learns that the last batch was removed as it had asked.
	 * @throws dev.herald.base.problem.UnavailableException if there is no use in going on
	 */
	void removed();

}
