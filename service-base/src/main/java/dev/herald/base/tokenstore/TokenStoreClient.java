package dev.herald.base.tokenstore;

import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceCount;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DevicePage;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.device.RegistrationLookup;
import dev.herald.common.identity.RegistrationId;
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

/**
 * Asks the token store over HTTP. Calls block until there is an answer, at most as long
 * as {@link TokenStoreProperties#timeout()} where nothing else is said; whoever asks
 * often bounds how many do. Nothing it asks changes anything. Safe for use by many
 * threads; it keeps connections open and need not be closed.
 */
public final class TokenStoreClient {

	/** Far more than the devices of as many users as fit into one look-up. */
	private static final long MAX_ANSWER_BYTES = 64L * 1024 * 1024;

	/** Nobody waits for a campaign's page, and asking again makes it no faster. */
	private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(5);

	/** Counting goes through an index once: seconds for ten million devices. */
	private static final Duration COUNT_TIMEOUT = Duration.ofSeconds(30);

	private final HttpClient http;

	private final TokenStoreProperties tokenStore;

	/**
	 * @param http its connect timeout is the caller's to set
	 */
	public TokenStoreClient(HttpClient http, TokenStoreProperties tokenStore) {
		this.http = http;
		this.tokenStore = tokenStore;
	}

	/**
	 * Looks up the devices of many users.
	 * @param queries 1 to {@value DeviceLookup#MAX_QUERIES}
	 * @param purpose what they are for
	 * @return for each query, in their order, the devices, oldest registration first:
	 * empty for a user without devices
	 * @throws TokenStoreException if there is no usable answer within the time limit
	 */
	public List<List<Device>> lookUp(List<DeviceQuery> queries, LookupPurpose purpose) {
		List<List<Device>> devices = ask("/internal/devices/lookup?for=" + purpose.value(), new DeviceLookup(queries),
				DeviceLookup.Found.class)
			.devices();
		if (devices.size() != queries.size()) {
			throw new TokenStoreException("the token store must answer each of %d queries, but answered %d"
				.formatted(queries.size(), devices.size()), null);
		}
		return devices;
	}

	/**
	 * One page of the devices of an application and provider. Waits up to 5 s, since a
	 * page with a filter may look at thousands of devices.
	 * @throws TokenStoreException if there is no usable answer by then
	 */
	public DevicePage page(DevicePageQuery query) {
		return ask("/internal/devices/page", query, DevicePage.class, PAGE_TIMEOUT);
	}

	/**
	 * How many devices of an application and provider there are; the query's limit has no
	 * meaning. With a filter and many thousands of devices it is an estimate. Waits up to
	 * 30 s.
	 * @throws TokenStoreException if there is no usable answer by then
	 */
	public DeviceCount count(DevicePageQuery query) {
		return ask("/internal/devices/count", query, DeviceCount.class, COUNT_TIMEOUT);
	}

	/**
	 * Asks which registrations have not ended.
	 * @param registrations 1 to {@value RegistrationLookup#MAX_REGISTRATIONS}
	 * @return the devices registered under them, with the tokens they have now, each once
	 * and in no particular order; a registration without a device is over
	 * @throws TokenStoreException if there is no usable answer within the time limit
	 */
	public List<Device> registered(List<RegistrationId> registrations) {
		return ask("/internal/devices/registrations", new RegistrationLookup(registrations),
				RegistrationLookup.Found.class)
			.devices();
	}

	/**
	 * Whether the token store says it is alive.
	 * @throws TokenStoreException if it says nothing within the time limit
	 */
	public boolean isAlive() {
		HttpRequest request = HttpRequest.newBuilder(tokenStore.url().resolve("/livez"))
			.timeout(tokenStore.timeout())
			.build();
		return send(request, BodyHandlers.discarding(), tokenStore.timeout()).statusCode() == 200;
	}

	private <T> T ask(String path, Object question, Class<T> type) {
		return ask(path, question, type, tokenStore.timeout());
	}

	private <T> T ask(String path, Object question, Class<T> type, Duration timeout) {
		HttpRequest request = HttpRequest.newBuilder(tokenStore.url().resolve(path))
			.header("Authorization", "Bearer " + tokenStore.apiKey())
			.header("Content-Type", "application/json")
			.header("Accept", "application/json")
			.timeout(timeout)
			.POST(HttpRequest.BodyPublishers.ofByteArray(HeraldJson.write(question)))
			.build();
		return read(path, send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES), timeout),
				type);
	}

	private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
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
			throw new TokenStoreException("the token store gave no answer within its time limit", ex);
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

	private static <T> T read(String path, HttpResponse<byte[]> response, Class<T> type) {
		if (response.statusCode() != 200) {
			throw new TokenStoreException(
					"the token store answered %s with %d instead of 200".formatted(path, response.statusCode()), null);
		}
		try {
			return HeraldJson.read(response.body(), type);
		}
		catch (MalformedMessageException ex) {
			throw new TokenStoreException("the token store's answer to %s cannot be read".formatted(path), ex);
		}
	}

}
