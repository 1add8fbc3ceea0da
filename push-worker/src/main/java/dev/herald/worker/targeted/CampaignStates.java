package dev.herald.worker.targeted;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.herald.common.campaign.CampaignState;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import dev.herald.worker.campaign.NotificationApiProperties;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What campaigns are doing, as the notification API said within the last second: so a
 * pause or an end takes effect within two. Safe for use by many threads.
 */
final class CampaignStates {

	private static final Duration BELIEVED = Duration.ofSeconds(1);

	private static final int MOST_KEPT = 1000;

	private static final long MAX_ANSWER_BYTES = 64 * 1024;

	private final HttpClient http;

	private final NotificationApiProperties api;

	private final LoadingCache<CampaignId, Answer> answers = Caffeine.newBuilder()
		.expireAfterWrite(BELIEVED)
		.maximumSize(MOST_KEPT)
		.build(this::ask);

	/** What the notification API says of a campaign. */
	sealed interface Answer {

		/** It is this. */
		record Known(CampaignState state) implements Answer {
		}

		/** There is none of this id, or no longer. */
		record Unknown() implements Answer {
		}

		/** Nobody says. */
		record Away(String reason) implements Answer {
		}

	}

	CampaignStates(HttpClient http, NotificationApiProperties api) {
		this.http = http;
		this.api = api;
	}

	/** The state of a campaign; blocks while it is asked for, within its time limit. */
	Answer of(CampaignId campaign) {
		return answers.get(campaign);
	}

	private Answer ask(CampaignId campaign) {
		HttpRequest request = HttpRequest.newBuilder(api.url().resolve("/internal/campaigns/" + campaign))
			.header("Authorization", "Bearer " + api.apiKey())
			.header("Accept", "application/json")
			.timeout(api.timeout())
			.build();
		CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request,
				BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
		try {
			return answer(response.get(api.timeout().toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Answer.Away("interrupted");
		}
		catch (ExecutionException | TimeoutException | IOException | MalformedMessageException ex) {
			return new Answer.Away(
					"the notification API at %s tells nothing of campaign %s: %s".formatted(api.url(), campaign, ex));
		}
		finally {
			response.cancel(true);
		}
	}

	private static Answer answer(HttpResponse<byte[]> response) throws IOException {
		return switch (response.statusCode()) {
			case 200 -> new Answer.Known(HeraldJson.read(response.body(), CampaignState.class));
			case 404 -> new Answer.Unknown();
			default -> throw new IOException("answered %d instead of 200".formatted(response.statusCode()));
		};
	}

}
