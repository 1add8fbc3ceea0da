package dev.herald.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.RunningApi;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTests {

	private static final String HELLO = "{\"title\": \"hello\"}";

	private final RunningApi api = RunningApi.shared();

	private final ApiClient client = api.client();

	private final String user = ApiClient.newUser();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"title": "a"                                     |
			not json                                          |
			[]                                                |
			"text"                                            |
			null                                              |
			{"title": "a"} {"title": "b"}                     |
			{"title": "a", "title": "b"}                      |
			{}                                                | title
			{"title": " ", "message": ""}                     | title
			{"title": 5}                                      | title
			{"title": true}                                   | title
			{"title": ["a"]}                                  | title
			{"title": "\\ud83d"}                              | title
			{"title": "a", "message": {}}                     | message
			{"title": "a", "payload": "text"}                 | payload
			{"title": "a", "payload": [1]}                    | payload
			{"title": "a", "payload": {"a": "\\udc00"}}       | payload
			{"title": "a", "ttl_seconds": -1}                 | ttl_seconds
			{"title": "a", "ttl_seconds": 2419201}            | ttl_seconds
			{"title": "a", "ttl_seconds": 99999999999}        | ttl_seconds
			{"title": "a", "ttl_seconds": "60"}               | ttl_seconds
			{"title": "a", "ttl_seconds": 1.5}                | ttl_seconds
			{"title": "a", "ttl_seconds": true}               | ttl_seconds
			{"title": "a", "priority": "urgent"}              | priority
			{"title": "a", "priority": 0}                     | priority
			{"title": "a", "collapse_key": ""}                | collapse_key
			{"title": "a", "collapse_key": "a b"}             | collapse_key
			{"title": "a", "collapse_key": "é"}               | collapse_key
			{"title": "a", "badge": -1}                       | badge
			{"title": "a", "badge": "3"}                      | badge
			{"title": "a", "sound": ""}                       | sound
			{"title": "a", "image": "http://acme.com/a.png"}  | image
			{"title": "a", "image": "https:///a.png"}         | image
			{"title": "a", "image": "not a url"}              | image
			{"title": "a", "titel": "b"}                      | titel
			{"title": "a", "ttlSeconds": 5}                   | ttlSeconds
			""")
	void aBodyThatIsNotWhatItMustBeIsRefusedWithItsField(String body, String field) {
		Answer answer = client.send(user, RunningApi.RIDER, body);

		assertProblem(answer, 400, field);
	}

	@Test
	void aCollapseKeyHasAtMost64Bytes() {
		Answer longest = client.send(user, RunningApi.RIDER,
				"{\"title\": \"a\", \"collapse_key\": \"%s\"}".formatted("k".repeat(64)));
		Answer longer = client.send(user, RunningApi.RIDER,
				"{\"title\": \"a\", \"collapse_key\": \"%s\"}".formatted("k".repeat(65)));

		assertThat(longest.status()).isEqualTo(202);
		assertProblem(longer, 400, "collapse_key");
	}

	@Test
	void aMissingHeaderIsNamed() {
		Answer noUser = client.exchange(client.post(HELLO).setHeader("application_id", RunningApi.RIDER));
		Answer noApplication = client.exchange(client.post(HELLO).setHeader("user_id", user));

		assertProblem(noUser, 400, "user_id");
		assertProblem(noApplication, 400, "application_id");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			user_id         | two words
			user_id         | ''
			application_id  | a b
			application_id  | .dot
			application_id  | **
			Idempotency-Key | two words
			""")
	void aMalformedHeaderIsNamed(String name, String value) {
		Answer answer = client.exchange(client.post(HELLO)
			.setHeader("user_id", user)
			.setHeader("application_id", RunningApi.RIDER)
			.setHeader(name, value));

		assertProblem(answer, 400, name);
	}

	@ParameterizedTest
	@CsvSource({ "user_id, user-id", "application_id, application-id" })
	void bothSpellingsOfAHeaderMustAgree(String underscore, String hyphen) {
		HttpRequest.Builder differing = client.post(HELLO)
			.setHeader("user_id", user)
			.setHeader("application_id", RunningApi.RIDER)
			.setHeader(hyphen, "other");
		HttpRequest.Builder agreeing = client.post(HELLO)
			.setHeader("user_id", user)
			.setHeader("application_id", user)
			.setHeader(underscore, RunningApi.RIDER)
			.setHeader(hyphen, RunningApi.RIDER)
			.setHeader("application_id", RunningApi.RIDER);

		assertProblem(client.exchange(differing), 400, underscore);
		assertThat(client.exchange(agreeing).status()).isEqualTo(202);
	}

	@Test
	void withoutAKeyOrWithAWrongOneNothingIsTold() {
		HttpRequest.Builder wrong = client.post(HELLO).setHeader("Authorization", "Bearer wrong");
		HttpRequest.Builder none = HttpRequest.newBuilder(wrong.build().uri())
			.POST(HttpRequest.BodyPublishers.ofString(HELLO));

		assertThat(client.exchange(wrong).status()).isEqualTo(401);
		assertThat(client.exchange(none).status()).isEqualTo(401);
	}

	@Test
	void aKeyWithoutTheRoleIsForbidden() {
		HttpRequest.Builder request = client.post(HELLO)
			.setHeader("user_id", user)
			.setHeader("application_id", RunningApi.RIDER);

		Answer registrar = client
			.exchange(request.copy().setHeader("Authorization", "Bearer " + RunningApi.REGISTRAR_KEY));
		Answer operator = client
			.exchange(request.copy().setHeader("Authorization", "Bearer " + RunningApi.OPERATOR_KEY));

		assertThat(registrar.status()).isEqualTo(403);
		assertThat(operator.status()).as("operators look, senders send").isEqualTo(403);
	}

	@Test
	void anUnknownApplicationIsNotFound() {
		Answer answer = client.send(user, "com.acme.unknown", HELLO);

		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.json().path("detail").stringValue()).contains("com.acme.unknown");
	}

	@Test
	void whatNoProviderTakesIsTooLargeBeforeAnythingIsQueued() {
		int lookups = api.tokenStore().lookups().size();

		Answer message = client.send(user, RunningApi.DRIVER, "{\"message\": \"%s\"}".formatted("é".repeat(2049)));
		Answer payload = client.send(user, RunningApi.RIDER,
				"{\"title\": \"a\", \"payload\": {\"a\": \"%s\"}}".formatted("x".repeat(4096)));

		assertThat(message.status()).as("%s", message).isEqualTo(413);
		assertThat(payload.status()).as("%s", payload).isEqualTo(413);
		assertThat(api.tokenStore().lookups()).hasSize(lookups);
	}

	@Test
	void aBodyIsReadNoFurtherThanItsBound() {
		String huge = "{\"title\": \"%s\"}".formatted("x".repeat(1_000_000));
		HttpRequest.Builder chunked = client.post(HELLO)
			.setHeader("user_id", user)
			.setHeader("application_id", RunningApi.RIDER)
			.POST(HttpRequest.BodyPublishers
				.ofInputStream(() -> new ByteArrayInputStream(huge.getBytes(StandardCharsets.UTF_8))));

		assertThat(client.send(user, RunningApi.RIDER, huge).status()).isEqualTo(413);
		assertThat(client.exchange(chunked).status()).isEqualTo(413);
	}

	@Test
	void anotherContentTypeIsUnsupported() {
		Answer answer = client.exchange(client.post(HELLO)
			.setHeader("user_id", user)
			.setHeader("application_id", RunningApi.RIDER)
			.setHeader("Content-Type", "text/plain"));

		assertThat(answer.status()).isEqualTo(415);
	}

	@Test
	void aCallerOverItsRateWaits() {
		HttpRequest.Builder request = client.post(HELLO)
			.setHeader("Authorization", "Bearer " + RunningApi.SLOW_SENDER_KEY)
			.setHeader("user_id", user)
			.setHeader("application_id", RunningApi.RIDER);

		Answer refused = Awaitility.await()
			.pollInterval(Duration.ofMillis(1))
			.until(() -> client.exchange(request), answer -> answer.status() != 202);

		assertProblem(refused, 429, null);
		assertThat(refused.header("Retry-After")).contains("1");
		assertThat(client.sent(user, RunningApi.RIDER).status()).as("others are not held").isEqualTo(202);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(200))
			.untilAsserted(() -> assertThat(client.exchange(request).status()).isEqualTo(202));
	}

	@Test
	void whatIsNotOpenedIsClosed() {
		assertThat(client.get("/").status()).isEqualTo(403);
		assertThat(client.exchange(client.request("/notification", RunningApi.SENDER_KEY).DELETE()).status())
			.isEqualTo(403);
		assertThat(client.get("/actuator/prometheus").status()).isEqualTo(403);
	}

	private static void assertProblem(Answer answer, int status, @org.jspecify.annotations.Nullable String field) {
		assertThat(answer.status()).as("%s", answer).isEqualTo(status);
		assertThat(answer.header("Content-Type")).contains("application/problem+json");
		assertThat(answer.json().path("detail").stringValue()).isNotBlank();
		if (field != null) {
			assertThat(answer.json().path("field").asString()).as("%s", answer).isEqualTo(field);
		}
	}

}
