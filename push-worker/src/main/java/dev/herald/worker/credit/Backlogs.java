package dev.herald.worker.credit;

/** Knows how long job queues are. */
interface Backlogs extends AutoCloseable {

	/**
	 * Asks about one queue.
	 * @return {@link Backlog#UNKNOWN} if the queue is not there, or nobody tells
	 */
	Backlog of(String queue);

	@Override
	default void close() {
	}

}
