package dev.herald.quickstart;

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
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Herald as its callers see it: by HTTP only. An answer that was not expected is an
 * exception with its text.
 */
final class HeraldHttp {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final URI api;

	private final URI tokenStore;

	private final Keys keys;

	HeraldHttp(URI api, URI tokenStore, Keys keys) {
		this.api = api;
		this.tokenStore = tokenStore;
		this.keys = keys;
	}

	void register(UserId user, ApplicationId application, DeviceId device, Provider provider, DeviceToken token) {
		ObjectNode body = HeraldJson.mapper()
			.createObjectNode()
			.put("provider", provider.value())
			.put("token", token.value())
			.put("device_id", device.value());
		HttpRequest request = as(keys.registrar(), tokenStore.resolve("/devices")).header("user_id", user.value())
			.header("application_id", application.value())
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body.toString()))
			.build();
		expect(201, request);
	}

	void logOut(UserId user, ApplicationId application, DeviceId device) {
		HttpRequest request = as(keys.registrar(), tokenStore.resolve("/devices/" + device))
			.header("user_id", user.value())
			.header("application_id", application.value())
			.DELETE()
			.build();
		expect(204, request);
	}

	/**
	 * @param application an application, or {@code *}
	 */
	Taken send(UserId user, String application, String title, String message, ObjectNode payload) {
		ObjectNode body = HeraldJson.mapper().createObjectNode().put("title", title).put("message", message);
		body.set("payload", payload);
		HttpRequest request = as(keys.sender(), api.resolve("/notification")).header("user_id", user.value())
			.header("application_id", application)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body.toString()))
			.build();
		JsonNode answer = HeraldJson.mapper().readTree(expect(202, request));
		return new Taken(NotificationId.parse(answer.required("notification_id").asString()),
				answer.required("devices").asInt());
	}

	JsonNode notification(NotificationId id) {
		HttpRequest request = as(keys.sender(), api.resolve("/notification/" + id)).GET().build();
		return HeraldJson.mapper().readTree(expect(200, request));
	}

	private static HttpRequest.Builder as(String key, URI uri) {
		return HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Authorization", "Bearer " + key);
	}

	private String expect(int status, HttpRequest request) {
		try {
			HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != status) {
				throw new DemoFailedException("%s %s answered %d, expected %d: %s".formatted(request.method(),
						request.uri(), response.statusCode(), status, response.body()));
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new DemoFailedException("%s %s failed: %s".formatted(request.method(), request.uri(), ex), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DemoFailedException("interrupted", ex);
		}
	}

	/** A notification that was answered with 202. */
	record Taken(NotificationId id, int devices) {
	}

}
