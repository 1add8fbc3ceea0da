package dev.herald.tokenstore.registration;

import static dev.herald.tokenstore.fixture.House.DRIVER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static dev.herald.tokenstore.fixture.TokenStoreClient.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.House;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@TokenStoreTest
class RefusalTests {

	private static final String SECRET = "s3cret-t0ken-value";

	private final TokenStoreClient store;

	private final String alice = Fresh.user();

	RefusalTests(@Autowired Environment environment) {
		this.store = new TokenStoreClient(environment);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			provider    | {"token": "t"}
			provider    | {"provider": null, "token": "t"}
			provider    | {"provider": "windows", "token": "t"}
			provider    | {"provider": 1, "token": "t"}
			token       | {"provider": "fcm"}
			token       | {"provider": "fcm", "token": ""}
			token       | {"provider": "fcm", "token": "with space"}
			token       | {"provider": "fcm", "token": 7}
			token       | {"provider": "fcm", "token": ["t"]}
			device_id   | {"provider": "fcm", "token": "t", "device_id": ""}
			device_id   | {"provider": "fcm", "token": "t", "device_id": "a/b"}
			device_id   | {"provider": "fcm", "token": "t", "device_id": ".."}
			device_id   | {"provider": "fcm", "token": "t", "device_id": "täblet"}
			environment | {"provider": "apns", "token": "t", "environment": "test"}
			environment | {"provider": "fcm", "token": "t", "environment": "sandbox"}
			locale      | {"provider": "fcm", "token": "t", "locale": "de AT"}
			app_version | {"provider": "fcm", "token": "t", "app_version": " 1"}
			app_version | {"provider": "fcm", "token": "t", "app_version": ""}
			colour      | {"provider": "fcm", "token": "t", "colour": "red"}
			""")
	void aWrongBodyIsRefusedWithTheField(String field, String body) {
		ResponseSpec answer = store.register(alice, RIDER, body);

		answer.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo(field);
		assertThat(store.devices(alice, RIDER)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "token, 2049", "device_id, 129", "locale, 65", "app_version, 65" })
	void whatIsTooLongIsRefused(String field, int length) {
		String value = "x".repeat(length);
		String body = field.equals("token") ? "{\"provider\": \"fcm\", \"token\": \"%s\"}".formatted(value)
				: "{\"provider\": \"fcm\", \"token\": \"t\", \"%s\": \"%s\"}".formatted(field, value);

		ResponseSpec answer = store.register(alice, RIDER, body);

		answer.expectStatus().isBadRequest().expectBody().jsonPath("$.field").isEqualTo(field);
	}

	@Test
	void theLongestValuesAreTaken() {
		ResponseSpec answer = store.register("u".repeat(128), RIDER, """
				{"provider": "apns", "token": "%s", "device_id": "%s", "locale": "%s", "app_version": "%s"}"""
			.formatted("t".repeat(2048), "d".repeat(128), "l".repeat(64), "v".repeat(64)));

		answer.expectStatus().isCreated();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "\"text\"", "{\"provider\": \"fcm\", \"token\": \"t\"" })
	void aBodyThatIsNoJsonObjectIsRefused(String body) {
		store.register(alice, RIDER, body).expectStatus().isBadRequest();
	}

	@Test
	void anotherContentTypeIsRefused() {
		store.http()
			.post()
			.uri("/devices")
			.headers(key(House.REGISTRAR_KEY))
			.contentType(MediaType.TEXT_PLAIN)
			.body("provider=fcm")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
	}

	@Test
	void aRefusalDoesNotRepeatTheToken() {
		byte[] answer = store.register(alice, RIDER, """
				{"provider": "fcm", "token": "%s with a space"}""".formatted(SECRET))
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();

		assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain(SECRET);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, com.acme.rider, user_id", "with space, com.acme.rider, user_id",
			"alice, -, application_id", "alice, not/an/application, application_id", "alice, *, application_id" })
	void aMissingOrMalformedHeaderIsRefusedWithItsName(String user, String application, String header) {
		ResponseSpec answer = post(headers -> {
			set(headers, "user_id", user);
			set(headers, "application_id", application);
		});

		answer.expectStatus().isBadRequest().expectBody().jsonPath("$.field").isEqualTo(header);
	}

	@Test
	void headersWithHyphensMeanTheSame() {
		ResponseSpec answer = post(headers -> {
			headers.set("user-id", alice);
			headers.set("application-id", RIDER);
			headers.set("application_id", RIDER);
		});

		answer.expectStatus().isCreated().expectBody().jsonPath("$.user_id").isEqualTo(alice);
	}

	@Test
	void headersThatContradictEachOtherAreRefused() {
		ResponseSpec answer = post(headers -> {
			headers.set("user_id", alice);
			headers.set("user-id", Fresh.user());
			headers.set("application_id", RIDER);
		});

		answer.expectStatus().isBadRequest().expectBody().jsonPath("$.field").isEqualTo("user_id");
	}

	@Test
	void anApplicationThatIsNotConfiguredIsNotFound() {
		store.register(alice, "com.acme.unknown", "{\"provider\": \"fcm\", \"token\": \"t\"}")
			.expectStatus()
			.isNotFound();
		store.list(alice, "com.acme.unknown").expectStatus().isNotFound();
	}

	@Test
	void aProviderThatTheApplicationIsNotConfiguredForIsRefused() {
		store.register(alice, DRIVER, "{\"provider\": \"apns\", \"token\": \"t\"}")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("provider");
	}

	@ParameterizedTest
	@CsvSource({ "POST, /devices", "GET, /devices", "DELETE, /devices", "DELETE, /devices/phone",
			"POST, /internal/devices/lookup", "GET, /internal/devices", "POST, /internal/devices/page",
			"POST, /internal/devices/count" })
	void nothingIsOpenWithoutAKeyOfTheRightRole(String method, String path) {
		String keyWithoutTheRole = path.startsWith("/internal") ? House.REGISTRAR_KEY : House.INTERNAL_KEY;

		request(method, path, null).expectStatus().isUnauthorized();
		request(method, path, "not-a-key").expectStatus().isUnauthorized();
		request(method, path, keyWithoutTheRole).expectStatus().isForbidden();
	}

	@Test
	void whatIsNotNamedIsClosed() {
		request("GET", "/devices/phone/tokens", House.REGISTRAR_KEY).expectStatus().isForbidden();
		request("GET", "/", House.OPERATOR_KEY).expectStatus().isForbidden();
	}

	@Test
	void healthIsOpenAndMetricsAreTheOperators() {
		request("GET", "/livez", null).expectStatus().isOk();
		request("GET", "/readyz", null).expectStatus().isOk();
		request("GET", "/actuator/prometheus", null).expectStatus().isUnauthorized();
		request("GET", "/actuator/prometheus", House.OPERATOR_KEY).expectStatus()
			.isOk()
			.expectBody(String.class)
			.value(text -> assertThat(text).contains("hikaricp_connections{", "pool=\"api\"", "pool=\"worker\""));
	}

	private ResponseSpec request(String method, String path, @Nullable String key) {
		return store.http().method(HttpMethod.valueOf(method)).uri(path).headers(headers -> {
			if (key != null) {
				headers.setBearerAuth(key);
			}
		}).exchange();
	}

	private ResponseSpec post(Consumer<HttpHeaders> subject) {
		return store.http()
			.post()
			.uri("/devices")
			.headers(key(House.REGISTRAR_KEY))
			.headers(subject)
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"provider\": \"fcm\", \"token\": \"%s\"}".formatted(Fresh.token()))
			.exchange();
	}

	private static void set(HttpHeaders headers, String name, @Nullable String value) {
		if (value != null) {
			headers.set(name, value);
		}
	}

}
