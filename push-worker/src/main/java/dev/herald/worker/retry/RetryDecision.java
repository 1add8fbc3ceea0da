package dev.herald.worker.retry;

import dev.herald.common.broker.RetryDelay;

/** What becomes of a push that failed and might succeed another time. */
public sealed interface RetryDecision {

	/** It is tried again after this delay. */
	record Again(RetryDelay delay) implements RetryDecision {
	}

	/** It would come too late to be worth showing. */
	record TooLate() implements RetryDecision {
	}

	/**
	 * It has been tried enough.
	 *
	 * @param limit which limit was reached
	 */
	record GiveUp(String limit) implements RetryDecision {
	}

}
