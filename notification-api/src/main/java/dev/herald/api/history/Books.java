package dev.herald.api.history;

import dev.herald.common.push.DeliveryOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the jobs of a notification. They balance: {@code jobs} is the sum of all
 * the others.
 */
record Books(int jobs, int accepted, int tokenInvalid, int rejected, int expired, int deadLettered, int pending) {

	/**
	 * @throws IllegalStateException if they do not balance
	 */
	Books {
		int endedOrPending = accepted + tokenInvalid + rejected + expired + deadLettered + pending;
		if (jobs != endedOrPending) {
			throw new IllegalStateException("%d jobs must be as many as have ended or are pending, but those are %d"
				.formatted(jobs, endedOrPending));
		}
	}

	static Books of(List<DeliveryOutcome> ended, int pending) {
		Map<DeliveryOutcome, Integer> counts = new EnumMap<>(DeliveryOutcome.class);
		ended.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
		return new Books(ended.size() + pending, count(counts, DeliveryOutcome.ACCEPTED),
				count(counts, DeliveryOutcome.TOKEN_INVALID), count(counts, DeliveryOutcome.REJECTED),
				count(counts, DeliveryOutcome.EXPIRED), count(counts, DeliveryOutcome.DEAD_LETTERED), pending);
	}

	private static int count(Map<DeliveryOutcome, Integer> counts, DeliveryOutcome outcome) {
		return counts.getOrDefault(outcome, 0);
	}

}
