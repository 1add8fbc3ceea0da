package dev.herald.worker.campaign;

import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.campaign.PageDone;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the notification API how far the chains of broadcasts are. Calls block until there
 * is an answer, at most as long as {@link NotificationApiProperties#timeout()}. Safe for
 * use by many threads; it keeps connections open and need not be closed.
 */
final class CampaignApi {

	private static final long MAX_ANSWER_BYTES = 1024 * 1024;

	private final HttpClient http;

	private final NotificationApiProperties api;

	/**
	 * @param http its connect timeout is the caller's to set
	 */
	CampaignApi(HttpClient http, NotificationApiProperties api) {
		this.http = http;
		this.api = api;
	}

	/**
	 * Asks for the page that a link is the order for. If it is granted, nobody else gets
	 * it for some seconds.
	 * @throws CampaignApiException if there is no usable answer within the time limit; it
	 * may have been granted all the same
	 */
	LinkClaim claim(BroadcastLink link) {
		String path = path(link) + "/claim?after=" + link.after();
		HttpResponse<byte[]> response = post(path, BodyPublishers.noBody());
		if (response.statusCode() != 200) {
			throw unexpected(path, response);
		}
		try {
			return HeraldJson.read(response.body(), LinkClaim.class);
		}
		catch (MalformedMessageException ex) {
			throw new CampaignApiException("the notification API's answer to %s cannot be read".formatted(path), ex);
		}
	}

	/**
	 * Says that a link's page was expanded. Said twice, it counts once.
	 * @throws CampaignApiException if the API has not said within the time limit that it
	 * knows
	 */
	void done(BroadcastLink link, PageDone done) {
		String path = path(link) + "/done";
		HttpResponse<byte[]> response = post(path, BodyPublishers.ofByteArray(HeraldJson.write(done)));
		if (response.statusCode() / 100 != 2) {
			throw unexpected(path, response);
		}
	}

	private static String path(BroadcastLink link) {
		return "/internal/campaigns/%s/chains/%d".formatted(link.campaignId(), link.chain());
	}

	private static CampaignApiException unexpected(String path, HttpResponse<byte[]> response) {
		return new CampaignApiException(
				"the notification API answered %s with %d instead of 2xx".formatted(path, response.statusCode()), null);
	}

	private HttpResponse<byte[]> post(String path, BodyPublisher body) {
		HttpRequest request = HttpRequest.newBuilder(api.url().resolve(path))
			.header("Authorization", "Bearer " + api.apiKey())
			.header("Content-Type", "application/json")
			.header("Accept", "application/json")
			.timeout(api.timeout())
			.POST(body)
			.build();
		long end = System.nanoTime() + api.timeout().toNanos();
		try {
			return send(request, end);
		}
		catch (ConnectException | HttpTimeoutException ex) {
			throw new CampaignApiException("cannot reach the notification API at " + api.url(), ex);
		}
		catch (IOException ex) {
			return sendOnceMore(request, end);
		}
	}

	/**
	 * A kept-alive connection may have been closed by the other side just before it was
	 * used. A claim that was granted already is then held by ourselves, and the link
	 * waits until that has run out.
	 */
	private HttpResponse<byte[]> sendOnceMore(HttpRequest request, long end) {
		try {
			return send(request, end);
		}
		catch (IOException ex) {
			throw new CampaignApiException("lost the connection to the notification API at " + api.url(), ex);
		}
	}

	/**
	 * The client's own limit ends with the answer's headers; this one covers the body.
	 */
	private HttpResponse<byte[]> send(HttpRequest request, long end) throws IOException {
		CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request,
				BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
		try {
			return response.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			response.cancel(true);
			throw new CampaignApiException("the notification API took longer than " + api.timeout(), ex);
		}
		catch (InterruptedException ex) {
			response.cancel(true);
			Thread.currentThread().interrupt();
			throw new CampaignApiException("interrupted while waiting for the notification API", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			throw new CampaignApiException("cannot ask the notification API", ex.getCause());
		}
	}

}
