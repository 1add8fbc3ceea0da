package dev.herald.worker.job;

import dev.herald.common.push.PushJob;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.registration.Standing.Unsendable;

/** What came of a job when its turn came. */
sealed interface Turn {

	/**
	 * The push has an outcome.
	 *
	 * @param attempt addressed to the device that it was sent to
	 */
	record Tried(Attempt attempt, PushOutcome outcome) implements Turn {
	}

	/** It was not sent, for what is known of its device. */
	record Unsent(PushJob job, Unsendable standing) implements Turn {
	}

}
