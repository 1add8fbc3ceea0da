package dev.herald.tokenstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.json.HeraldJson;
import dev.herald.tokenstore.fixture.House;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

@TokenStoreTest
class OpenApiTests {

	private final TokenStoreClient store;

	OpenApiTests(@Autowired Environment environment) {
		this.store = new TokenStoreClient(environment);
	}

	@Test
	void theDescriptionIsForThoseWithAKey() {
		store.http().get().uri("/openapi.json").exchange().expectStatus().isUnauthorized();
	}

	@ParameterizedTest
	@ValueSource(strings = { House.REGISTRAR_KEY, House.INTERNAL_KEY, House.OPERATOR_KEY })
	void theDescriptionIsOfWhatCrossesTheWire(String key) {
		JsonNode description = description(key);

		assertThat(description.path("paths").propertyNames()).containsExactlyInAnyOrder("/devices",
				"/devices/{device_id}", "/internal/devices", "/internal/devices/lookup", "/internal/devices/page");
		JsonNode register = description.at("/paths/~1devices/post");
		assertThat(register.path("parameters").findValuesAsString("name")).containsExactlyInAnyOrder("user_id",
				"application_id");
		assertThat(register.path("responses").propertyNames()).contains("200", "201", "400", "404", "503");
		JsonNode properties = description.at("/components/schemas/RegistrationRequest/properties");
		assertThat(properties.propertyNames()).containsExactlyInAnyOrder("provider", "token", "device_id",
				"environment", "locale", "app_version");
		assertThat(properties.at("/token/type").asString()).isEqualTo("string");
	}

	private JsonNode description(String key) {
		byte[] body = store.http()
			.get()
			.uri("/openapi.json")
			.headers(TokenStoreClient.key(key))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return HeraldJson.mapper().readTree(Objects.requireNonNull(body));
	}

}
