package dev.herald.worker.job;

import java.time.Instant;

/** What a lane is doing. */
sealed interface LaneState {

	/** It is about to consume, or the broker is away. */
	record Connecting() implements LaneState {
	}

	/** It consumes. */
	record Consuming() implements LaneState {
	}

	/**
	 * The provider refuses the application, or its credential cannot be used: its jobs
	 * wait in their queue.
	 *
	 * @param since when it was refused first
	 * @param nextProbeAt when a few jobs are tried again
	 */
	record Paused(String reason, Instant since, Instant nextProbeAt) implements LaneState {
	}

	/** It tries whether it is still refused, a few jobs at a time. */
	record Probing(String reason, Instant since) implements LaneState {
	}

	record Stopped() implements LaneState {
	}

}
