package dev.herald.api.history;

import dev.herald.common.push.DeliveryOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the jobs of a notification. They balance: {@code jobs} is the sum of all
 * the others.
 */
record Books(long jobs, long accepted, long tokenInvalid, long rejected, long expired, long deadLettered,
		long pending) {

	/**
	 * @throws IllegalStateException if they do not balance
	 */
	Books {
		long endedOrPending = accepted + tokenInvalid + rejected + expired + deadLettered + pending;
		if (jobs != endedOrPending) {
			throw new IllegalStateException("%d jobs must be as many as have ended or are pending, but those are %d"
				.formatted(jobs, endedOrPending));
		}
	}

	static Books of(List<DeliveryOutcome> ended, long pending) {
		Map<DeliveryOutcome, Long> counts = new EnumMap<>(DeliveryOutcome.class);
		ended.forEach(outcome -> counts.merge(outcome, 1L, Long::sum));
		return new Books(ended.size() + pending, count(counts, DeliveryOutcome.ACCEPTED),
				count(counts, DeliveryOutcome.TOKEN_INVALID), count(counts, DeliveryOutcome.REJECTED),
				count(counts, DeliveryOutcome.EXPIRED), count(counts, DeliveryOutcome.DEAD_LETTERED), pending);
	}

	/**
	 * What is counted of a broadcast. A job may be seen to end before the page that
	 * queued it is counted.
	 */
	static Books counted(long queued, long accepted, long tokenInvalid, long rejected, long expired,
			long deadLettered) {
		long ended = accepted + tokenInvalid + rejected + expired + deadLettered;
		long jobs = Math.max(queued, ended);
		return new Books(jobs, accepted, tokenInvalid, rejected, expired, deadLettered, jobs - ended);
	}

	/** How many ended otherwise than accepted. */
	long failed() {
		return jobs - accepted - pending;
	}

	private static long count(Map<DeliveryOutcome, Long> counts, DeliveryOutcome outcome) {
		return counts.getOrDefault(outcome, 0L);
	}

}
