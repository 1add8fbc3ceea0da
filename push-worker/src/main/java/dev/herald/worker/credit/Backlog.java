package dev.herald.worker.credit;

/**
 * What the broker told of a job queue.
 *
 * @param ready jobs that no worker has taken
 * @param consumers how many take from it; none where every lane is paused
 */
record Backlog(long ready, int consumers) {

	/** Where the broker tells nothing there is no room. */
	static final Backlog UNKNOWN = new Backlog(Long.MAX_VALUE / 2, 0);

}
