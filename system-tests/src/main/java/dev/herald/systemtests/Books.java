package dev.herald.systemtests;

import dev.herald.common.identity.NotificationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How the jobs of many notifications ended, as the API tells.
 *
 * @param jobs how many jobs there are
 * @param byOutcome how many ended in each way; {@code pending} for those that have not
 */
public record Books(int jobs, Map<String, Integer> byOutcome) {

	private static final List<String> OUTCOMES = List.of("accepted", "token_invalid", "rejected", "expired",
			"dead_lettered", "pending");

	/** The books of no notification. */
	public static final Books NONE = new Books(0, Map.of());

	/** Asks for every notification. */
	public static Books of(HeraldClient client, Collection<NotificationId> notifications) {
		int jobs = 0;
		Map<String, Integer> byOutcome = new LinkedHashMap<>();
		OUTCOMES.forEach(outcome -> byOutcome.put(outcome, 0));
		for (NotificationId id : notifications) {
			JsonNode devices = client.notification(id).json().required("devices");
			jobs += devices.size();
			devices.forEach(device -> byOutcome.merge(device.required("outcome").asString(), 1, Integer::sum));
		}
		return new Books(jobs, byOutcome);
	}

	/** Asks until no job is pending, or patience ends; returns what was seen last. */
	public static Books whenNothingIsPending(HeraldClient client, Collection<NotificationId> notifications,
			Duration patience) {
		Instant deadline = Instant.now().plus(patience);
		Books books = of(client, notifications);
		while (books.count("pending") > 0 && Instant.now().isBefore(deadline)) {
			Pause.of(Duration.ofMillis(100));
			books = of(client, notifications);
		}
		return books;
	}

	/** Both together. */
	public Books plus(Books other) {
		Map<String, Integer> sum = new LinkedHashMap<>(byOutcome);
		other.byOutcome.forEach((outcome, count) -> sum.merge(outcome, count, Integer::sum));
		return new Books(jobs + other.jobs, sum);
	}

	/** How many ended so. */
	public int count(String outcome) {
		return byOutcome.getOrDefault(outcome, 0);
	}

	/** Whether every job is in exactly one column. */
	public boolean balance() {
		return byOutcome.values().stream().mapToInt(Integer::intValue).sum() == jobs
				&& OUTCOMES.containsAll(byOutcome.keySet());
	}

}
