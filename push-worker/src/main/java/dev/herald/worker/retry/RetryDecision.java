package dev.herald.worker.retry;

import dev.herald.common.broker.RetryDelay;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a push that failed and might succeed another time. */
public sealed interface RetryDecision {

	/**
	 * It is tried again after this delay.
	 *
	 * @param notBefore the moment until which the provider wants to be left alone, if
	 * that is after the delay, or null
	 */
	record Again(RetryDelay delay, @Nullable Instant notBefore) implements RetryDecision {

		/** It is tried again when the delay is over. */
		public static Again after(RetryDelay delay) {
			return new Again(delay, null);
		}

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
