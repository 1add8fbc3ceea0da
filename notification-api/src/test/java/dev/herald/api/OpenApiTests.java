package dev.herald.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.RunningApi;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTests {

	private final ApiClient client = RunningApi.shared().client();

	@Test
	void theDescriptionIsForThoseWithAKey() {
		assertThat(client.getWithoutKey("/openapi.json").status()).isEqualTo(401);
		assertThat(client.get("/openapi.json", RunningApi.REGISTRAR_KEY).status()).isEqualTo(403);
		assertThat(client.get("/openapi.json", RunningApi.OPERATOR_KEY).status()).isEqualTo(200);
	}

	@Test
	void theDescriptionIsOfWhatCrossesTheWire() {
		JsonNode description = client.get("/openapi.json").json();

		JsonNode send = description.at("/paths/~1notification/post");
		assertThat(send.path("responses").propertyNames()).containsExactlyInAnyOrder("202", "400", "404", "409", "413",
				"429", "503");
		assertThat(send.path("parameters").findValuesAsString("name")).containsExactly("user_id", "application_id",
				"Idempotency-Key");
		JsonNode list = description.at("/paths/~1notifications/get");
		assertThat(list.path("responses").propertyNames()).containsExactlyInAnyOrder("200", "400", "503");
		assertThat(list.path("parameters").findValuesAsString("name")).containsExactly("user_id", "application_id",
				"campaign_id", "status", "from", "until", "before", "limit");
		assertThat(list.path("description").stringValue()).contains("fewer notifications than limit");
		JsonNode request = description.at("/components/schemas/NotificationRequest/properties");
		assertThat(request.propertyNames()).containsExactlyInAnyOrder("title", "message", "payload", "ttl_seconds",
				"priority", "collapse_key", "badge", "sound", "image");
		assertThat(request.at("/payload/type").stringValue()).isEqualTo("object");
		assertThat(description.at("/components/schemas/Books/properties").propertyNames()).contains("token_invalid",
				"dead_lettered");
	}

	@Test
	void everyParameterOfDeadLettersIsDescribed() {
		JsonNode paths = client.get("/openapi.json").json().path("paths");

		assertThat(paths.at("/~1dead-letters/get/parameters").findValuesAsString("name"))
			.containsExactlyInAnyOrder("application_id", "provider", "reason", "before", "limit");
		assertThat(paths.at("/~1dead-letters~1count/get/parameters").findValuesAsString("name"))
			.containsExactlyInAnyOrder("application_id", "provider", "reason");
		assertThat(paths.at("/~1dead-letters~1replay/post/parameters").findValuesAsString("name"))
			.containsExactlyInAnyOrder("application_id", "provider", "reason", "all", "limit", "ttl_seconds");
		assertThat(paths.at("/~1dead-letters~1discard/post/responses").propertyNames()).contains("200", "400", "503");
	}

}
