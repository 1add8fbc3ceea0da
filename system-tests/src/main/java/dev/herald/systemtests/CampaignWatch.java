package dev.herald.systemtests;

import dev.herald.common.identity.CampaignId;
import dev.herald.systemtests.HeraldClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A campaign as {@code GET /campaign/{id}} tells it. */
public final class CampaignWatch {

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Duration BUSY = Duration.ofSeconds(10);

	private final HeraldClient client;

	private final CampaignId campaign;

	/** Watches one. */
	public CampaignWatch(HeraldClient client, CampaignId campaign) {
		this.client = client;
		this.campaign = campaign;
	}

	/**
	 * How it stands.
	 * @throws IllegalStateException if the API does not tell
	 */
	public JsonNode now() {
		return until(campaign -> true, Duration.ZERO);
	}

	/**
	 * Tells it to {@code pause}, {@code resume} or {@code cancel}, again for a while if
	 * the API is too busy.
	 * @throws IllegalStateException if the API refuses
	 */
	public void tell(String command) {
		Instant deadline = Instant.now().plus(BUSY);
		Answer answer = post(command);
		while (answer.status() == 503 && Instant.now().isBefore(deadline)) {
			Pause.of(INTERVAL);
			answer = post(command);
		}
		if (answer.status() / 100 != 2) {
			throw new IllegalStateException("campaign %s must %s, but the API answered %d: %s".formatted(campaign,
					command, answer.status(), answer.body()));
		}
	}

	private Answer post(String command) {
		return client.post("/campaign/" + campaign + "/" + command, Keys.OPERATOR);
	}

	/**
	 * Waits until it stands so, or patience ends; says how it stood last. Asks again if
	 * the API does not tell.
	 * @throws IllegalStateException if it still does not when patience ends
	 */
	public JsonNode until(Predicate<JsonNode> condition, Duration patience) {
		Instant deadline = Instant.now().plus(patience);
		Answer answer = ask();
		while (!(answer.status() == 200 && condition.test(answer.json())) && Instant.now().isBefore(deadline)) {
			Pause.of(INTERVAL);
			answer = ask();
		}
		if (answer.status() != 200) {
			throw new IllegalStateException("the API must tell how campaign %s stands, but answered %d: %s"
				.formatted(campaign, answer.status(), answer.body()));
		}
		return answer.json();
	}

	private Answer ask() {
		return client.get("/campaign/" + campaign, Keys.OPERATOR);
	}

	/** Whether it is over, as it was told. */
	public static boolean hasEnded(JsonNode campaign) {
		return "ended".equals(campaign.required("status").asString());
	}

	/** How many of its jobs are so: queued, or ended in one way, or pending. */
	public static long jobs(JsonNode campaign, String which) {
		return campaign.required("jobs").required(which).asLong();
	}

}
