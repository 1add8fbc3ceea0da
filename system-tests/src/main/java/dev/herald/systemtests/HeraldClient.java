package dev.herald.systemtests;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What callers of Herald do, by HTTP. An answer is returned as it came: what it should be
 * is the test's matter. Safe for use by many threads.
 */
public final class HeraldClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	private final URI api;

	private final URI tokenStore;

	/**
	 * @param api where the notification API is
	 * @param tokenStore where the token store is
	 */
	public HeraldClient(URI api, URI tokenStore) {
		this.api = api;
		this.tokenStore = tokenStore;
	}

	/** Logs a user in on a device. */
	public Answer register(UserId user, ApplicationId application, DeviceId device, Provider provider,
			DeviceToken token) {
		ObjectNode body = HeraldJson.mapper()
			.createObjectNode()
			.put("provider", provider.value())
			.put("token", token.value())
			.put("device_id", device.value());
		return exchange(to(tokenStore, "/devices", Keys.REGISTRAR).header("user_id", user.value())
			.header("application_id", application.value())
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body.toString())));
	}

	/** Logs a user out on a device. */
	public Answer logOut(UserId user, ApplicationId application, DeviceId device) {
		return exchange(to(tokenStore, "/devices/" + device, Keys.REGISTRAR).header("user_id", user.value())
			.header("application_id", application.value())
			.DELETE());
	}

	/**
	 * Sends a notification.
	 * @param application an application's id, or {@code *}
	 */
	public Answer send(UserId user, String application, String title) {
		ObjectNode body = HeraldJson.mapper()
			.createObjectNode()
			.put("title", title)
			.put("message", "from a system test");
		return post(user, application, body.toString(), UnaryOperator.identity());
	}

	/**
	 * Posts any body to {@code /notification}.
	 * @param further adds or replaces headers
	 */
	public Answer post(UserId user, String application, String body, UnaryOperator<HttpRequest.Builder> further) {
		return exchange(further.apply(to(api, "/notification", Keys.SENDER).header("user_id", user.value())
			.header("application_id", application)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))));
	}

	/** What became of a notification. */
	public Answer notification(NotificationId id) {
		return exchange(to(api, "/notification/" + id, Keys.SENDER).GET());
	}

	/** Any {@code GET} of the API. */
	public Answer get(String path, String key) {
		return exchange(to(api, path, key).GET());
	}

	/** Any {@code POST} of the API without a body. */
	public Answer post(String path, String key) {
		return exchange(to(api, path, key).POST(HttpRequest.BodyPublishers.noBody()));
	}

	/** Any {@code POST} of the API with a JSON body. */
	public Answer post(String path, String key, String body) {
		return exchange(to(api, path, key).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	/**
	 * Streams lines to the API, for as long as it takes.
	 * @param lines each with its line feed
	 */
	public Answer postLines(String path, ApplicationId application, Supplier<Stream<String>> lines) {
		Iterable<byte[]> bytes = () -> lines.get().map(line -> line.getBytes(StandardCharsets.UTF_8)).iterator();
		return exchange(to(api, path, Keys.SENDER).timeout(Duration.ofHours(1))
			.header("application_id", application.value())
			.header("Content-Type", "application/x-ndjson")
			.POST(HttpRequest.BodyPublishers.ofByteArrays(bytes)));
	}

	/** Any {@code GET} of a service, as an operator. */
	public Answer get(ServiceProcess service, String path) {
		return exchange(to(service.uri(), path, Keys.OPERATOR).GET());
	}

	/**
	 * A page of past notifications, newest first.
	 * @param before only those before this one, or null
	 */
	public Answer notifications(@Nullable NotificationId before) {
		return get("/notifications?limit=100" + (before == null ? "" : "&before=" + before), Keys.OPERATOR);
	}

	private static HttpRequest.Builder to(URI service, String path, String key) {
		return HttpRequest.newBuilder(service.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + key);
	}

	private Answer exchange(HttpRequest.Builder request) {
		long start = System.nanoTime();
		try {
			HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body(),
					response.headers().firstValue("retry-after").isPresent(),
					Duration.ofNanos(System.nanoTime() - start));
		}
		catch (IOException ex) {
			return new Answer(Answer.NONE, ex.toString(), false, Duration.ofNanos(System.nanoTime() - start));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/**
	 * An answer, or the lack of one.
	 *
	 * @param status the HTTP status, or {@link #NONE}
	 * @param body the body, or what went wrong
	 * @param retryAfter whether it says when to try again
	 * @param took from sending to the last byte
	 */
	public record Answer(int status, String body, boolean retryAfter, Duration took) {

		/** No answer came. */
		public static final int NONE = 0;

		/** The body as JSON. */
		public JsonNode json() {
			return HeraldJson.mapper().readTree(body);
		}

		/** The id in the answer of a send. */
		public NotificationId notificationId() {
			return NotificationId.parse(json().required("notification_id").asString());
		}

	}

}
