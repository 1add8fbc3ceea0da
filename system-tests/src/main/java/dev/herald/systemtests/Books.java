package dev.herald.systemtests;

import dev.herald.common.identity.NotificationId;
import dev.herald.systemtests.HeraldClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

	/**
	 * Reads the books of each notification from the list of past notifications, a hundred
	 * at a time.
	 * @return those that the API knows
	 * @throws IllegalStateException if the list is not answered
	 */
	static Map<NotificationId, Books> each(HeraldClient client, Set<NotificationId> notifications) {
		Map<NotificationId, Books> each = new HashMap<>();
		if (notifications.isEmpty()) {
			return each;
		}
		// The ids are ordered by time, and so is their text.
		String oldest = Collections.min(notifications.stream().map(NotificationId::toString).toList());
		NotificationId before = null;
		do {
			Answer answer = client.notifications(before);
			if (answer.status() != 200) {
				throw new IllegalStateException("the list of notifications was not answered: " + answer);
			}
			JsonNode page = answer.json();
			for (JsonNode notification : page.required("notifications")) {
				NotificationId id = NotificationId.parse(notification.required("notification_id").asString());
				if (notifications.contains(id)) {
					each.put(id, of(notification.required("books")));
				}
			}
			JsonNode next = page.path("next");
			before = next.isString() ? NotificationId.parse(next.asString()) : null;
		}
		while (before != null && before.toString().compareTo(oldest) > 0);
		return each;
	}

	private static Books of(JsonNode books) {
		Map<String, Integer> byOutcome = new LinkedHashMap<>();
		OUTCOMES.forEach(outcome -> byOutcome.put(outcome, books.required(outcome).asInt()));
		return new Books(books.required("jobs").asInt(), byOutcome);
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

	/** How many ended in any other way than by being accepted. */
	public int endedOtherwise() {
		return jobs - count("accepted") - count("pending");
	}

	/** Whether every job is in exactly one column. */
	public boolean balance() {
		return byOutcome.values().stream().mapToInt(Integer::intValue).sum() == jobs
				&& OUTCOMES.containsAll(byOutcome.keySet());
	}

}
