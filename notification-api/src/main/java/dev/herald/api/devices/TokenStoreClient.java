package dev.herald.api.devices;

import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The token store's look-up over HTTP. Safe for use by many threads. */
final class TokenStoreClient {

	/** Far more than the devices of as many users as fit into one look-up. */
	private static final long MAX_ANSWER_BYTES = 64L * 1024 * 1024;

	private final HttpClient http;

	private final TokenStoreProperties tokenStore;

	private final HttpRequest.Builder lookup;

	TokenStoreClient(HttpClient http, TokenStoreProperties tokenStore) {
		this.http = http;
		this.tokenStore = tokenStore;
		this.lookup = HttpRequest.newBuilder(tokenStore.url().resolve("/internal/devices/lookup"))
			.header("Authorization", "Bearer " + tokenStore.apiKey())
			.header("Content-Type", "application/json")
			.header("Accept", "application/json")
			.timeout(tokenStore.timeout());
	}

	/**
	 * Looks up the devices of each query, in the order of the queries.
	 * @throws TokenStoreException if there is no usable answer within the time limit
	 */
	List<List<Device>> lookUp(List<DeviceQuery> queries) {
		HttpRequest request = lookup.copy()
			.POST(HttpRequest.BodyPublishers.ofByteArray(HeraldJson.write(new DeviceLookup(queries))))
			.build();
		return found(send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES)),
				queries.size());
	}

	/** Whether the token store says it is alive. */
	boolean isAlive() {
		HttpRequest request = HttpRequest.newBuilder(tokenStore.url().resolve("/livez"))
			.timeout(tokenStore.timeout())
			.build();
		return send(request, BodyHandlers.discarding()).statusCode() == 200;
	}

	private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
		long end = System.nanoTime() + tokenStore.timeout().toNanos();
		try {
			return await(http.sendAsync(request, handler), end);
		}
		catch (ConnectException | HttpTimeoutException ex) {
			throw new TokenStoreException("cannot reach the token store at " + tokenStore.url(), ex);
		}
		catch (IOException ex) {
			return sendOnceMore(request, handler, end);
		}
	}

	/**
	 * A kept-alive connection may have been closed by the other side just before it was
	 * used; a look-up changes nothing, so it may be asked twice.
	 */
	private <T> HttpResponse<T> sendOnceMore(HttpRequest request, BodyHandler<T> handler, long end) {
		try {
			return await(http.sendAsync(request, handler), end);
		}
		catch (IOException ex) {
			throw new TokenStoreException("lost the connection to the token store at " + tokenStore.url(), ex);
		}
	}

	/**
	 * The client's own limit ends with the answer's headers; this one covers the body.
	 */
	private <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> response, long end) throws IOException {
		try {
			return response.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			response.cancel(true);
			throw new TokenStoreException("the token store took longer than " + limit(), ex);
		}
		catch (InterruptedException ex) {
			response.cancel(true);
			Thread.currentThread().interrupt();
			throw new TokenStoreException("interrupted while waiting for the token store", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IOException cause) {
				throw cause;
			}
			throw new TokenStoreException("cannot ask the token store", ex.getCause());
		}
	}

	private Duration limit() {
		return tokenStore.timeout();
	}

	private static List<List<Device>> found(HttpResponse<byte[]> response, int queries) {
		if (response.statusCode() != 200) {
			throw new TokenStoreException(
					"the token store answered a look-up with %d instead of 200".formatted(response.statusCode()), null);
		}
		try {
			List<List<Device>> devices = HeraldJson.read(response.body(), DeviceLookup.Found.class).devices();
			if (devices.size() != queries) {
				throw new TokenStoreException("the token store must answer each of %d queries, but answered %d"
					.formatted(queries, devices.size()), null);
			}
			return devices;
		}
		catch (MalformedMessageException ex) {
			throw new TokenStoreException("the token store's answer cannot be read", ex);
		}
	}

}
