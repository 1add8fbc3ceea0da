package dev.herald.worker.job;

import dev.herald.base.broker.OutgoingMessage;
import java.util.List;

/** What follows from the outcome of an attempt. */
sealed interface Consequence {

	/**
	 * The attempt is over: once these messages are confirmed, the job is acknowledged.
	 *
	 * @param result how it is counted
	 */
	record Over(AttemptResult result, List<OutgoingMessage> messages) implements Consequence {
	}

	/** The job stays in its queue, and its lane pauses. */
	record Pause(String reason) implements Consequence {
	}

}
