package dev.herald.base.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a caller gets for each mistake: the wording is part of the product. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = TestService.class,
		properties = { "spring.config.import=classpath:herald-service.yml", "spring.application.name=test",
				"management.health.rabbit.enabled=false", "herald.api-keys[0].name=shop",
				"herald.api-keys[0].roles=SENDER",
				"herald.api-keys[0].sha256=2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
				"herald.api-keys[1].name=ops", "herald.api-keys[1].roles=OPERATOR",
				"herald.api-keys[1].sha256=2dd104c4bd6044e182af9d635b4c7bbbd6e212a07e8715d39855fad657a49e16" })
class HttpAnswersTests {

	private static final String SENDER = "Bearer secret";

	private static final String OPERATOR = "Bearer operators-secret";

	private static final String LOOKUP = "/things/lookup";

	@LocalServerPort
	private int port;

	private RawHttp http;

	@BeforeEach
	void open() {
		http = new RawHttp(port);
	}

	@Test
	void aGoodRequestIsTakenAndThePayloadKeepsEveryDigit() {
		String payload = "{\"n\":12.50,\"big\":123456789012345678901234567890.5,\"id\":9007199254740993,\"e\":\"🚕\"}";

		RawHttp.Answer answer = post("/things", "{\"title\":\"a\",\"count\":1,\"payload\":" + payload + "}");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains(payload);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{                                        |               | the body is not valid JSON at line 1, column 2
					{"title":"a","count":1} x                |               | the body is not valid JSON at line 1, column 25
					{title:"a"}                              |               | the body is not valid JSON at line 1, column 2
					``                                       |               | the body must be a JSON object, but there is none
					null                                     |               | the body must be a JSON object, but there is none
					[]                                       |               | the body must be a JSON object, but is another JSON value
					"x"                                      |               | the body must be a JSON object, but is another JSON value
					{"count":1}                              | title         | title is missing
					{"title":null,"count":1}                 | title         | title is missing
					{"title":"a"}                            | count         | count must be a whole number, but is missing or another JSON value
					{"title":"a","count":null}               | count         | count must be a whole number, but is missing or another JSON value
					{"title":"a","count":"1"}                | count         | count must be a whole number, but is missing or another JSON value
					{"title":"a","count":1.5}                | count         | count must be a whole number, but was "1.5"
					{"title":"a","count":99999999999}        | count         | count must be a whole number, but is out of its range
					{"title":"a","count":11}                 | count         | count must be 10 at most, but was 11
					{"title":5,"count":1}                    | title         | title must be text, but was "5"
					{"title":true,"count":1}                 | title         | title must be text, but was "true"
					{"title":{},"count":1}                   | title         | title must be text, but is missing or another JSON value
					{"title":"\\ud83d","count":1}            | title         | title must be Unicode text, but holds half of a surrogate pair
					{"title":"a","count":1,"tittle":"b"}     | tittle        | unknown field "tittle"; known are title, count, payload, image, parts, application_id, urgent
					{"title":"a","count":1,"payload":"{}"}   | payload       | payload must be a JSON object, but is missing or another JSON value
					{"title":"a","count":1,"payload":{"a":"\\ud83d"}} | payload | payload must be a JSON object, but holds half of a surrogate pair
					{"title":"a","count":1,"image":"a b"}    | image         | image must be a URI, but was "a b"
					{"title":"a","count":1,"parts":{}}       | parts         | parts must be a list, but is missing or another JSON value
					{"title":"a","count":1,"parts":[{"size":1},{"size":"x"}]} | parts[1].size | parts[1].size must be a whole number, but is missing or another JSON value
					{"title":"a","count":1,"parts":[{"size":1,"sise":1}]} | parts[0].sise | unknown field "sise"; known are size
					{"title":"a","count":1,"urgent":"yes"}   | urgent        | urgent must be true or false, but is missing or another JSON value
					{"title":"a","count":1,"application_id":17} | application_id | application_id must be text, but is missing or another JSON value
					{"title":"a","count":1,"application_id":"a b"} | application_id | application_id must be 1 to 128 letters, digits, dots, hyphens or underscores, the first a letter or a digit, but was "a b"
					""")
	void aBodyThatCannotBeTakenIsRefusedWithTheField(@Nullable String body, @Nullable String field, String detail) {
		RawHttp.Answer answer = post("/things", body == null ? "" : body);

		assertProblem(answer, 400, detail);
		assertThat(answer.json().path("field").asString("")).isEqualTo(field == null ? "" : field);
		assertThat(answer.json().path("instance").asString()).isEqualTo("/things");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{}                                              | queries            | queries is missing
					{"queries":[]}                                  | queries            | queries must be 1 to 500, but were 0
					{"queries":[{}]}                                | queries[0].user_id | user_id is missing
					{"queries":[{"user_id":"1"},{"user_id":"a b"}]} | queries[1].user_id | user_id must be 1 to 128 visible ASCII characters without spaces, but was "a b"
					""")
	void aFieldDeepInsideIsNamedByItsPlace(String body, String field, String detail) {
		RawHttp.Answer answer = post(LOOKUP, body);

		assertProblem(answer, 400, detail);
		assertThat(answer.json().path("field").asString()).isEqualTo(field);
	}

	@Test
	void anUnknownFieldIsNotRepeatedAtLength() {
		RawHttp.Answer answer = post("/things", "{\"" + "x".repeat(10_000) + "\":1}");

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("detail").asString()).hasSizeLessThan(300);
	}

	@Test
	void aBodyLargerThanAnyThatIsNeededIsRefused() {
		RawHttp.Answer answer = post("/things", "{\"title\":\"a\",\"count\":1}" + " ".repeat(17_000_000));

		assertProblem(answer, 413, "the body is larger, or deeper nested, than is taken here");
	}

	@Test
	void aBodyNestedWithoutEndIsRefused() {
		RawHttp.Answer answer = post("/things", "{\"payload\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5001));

		assertProblem(answer, 413, "the body is larger, or deeper nested, than is taken here");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					/things/by-number/x                     | 400 | number         | number must be a whole number, but was "x"
					/things/search                          | 400 | application_id | parameter application_id is missing
					/things/search?application_id=a&limit=x | 400 | limit          | limit must be a whole number, but was "x"
					/things/search?application_id=a+b       | 400 | application_id | application_id must be 1 to 128 letters, digits, dots, hyphens or underscores, the first a letter or a digit, but was "a b"
					/things/invalid                         | 400 | ttl_seconds    | ttl_seconds must be positive, but was 0
					/things/unknown                         | 404 |                | application "com.acme.nothing" is not configured
					/things/nothing-here                    | 404 |                | there is nothing at this path
					/things                                 | 405 |                | Method 'GET' is not supported.
					/things/broken                          | 500 |                | an error of Herald's own; its log has the details
					/things/broken-badly                    | 500 |                | an error of Herald's own; its log has the details
					/things/broken-checked                  | 500 |                | an error of Herald's own; its log has the details
					""")
	void everyOtherMistakeIsAnsweredLikewise(String path, int status, @Nullable String field, String detail) {
		RawHttp.Answer answer = get(path, SENDER);

		assertProblem(answer, status, detail);
		assertThat(answer.json().path("field").asString("")).isEqualTo(field == null ? "" : field);
	}

	@Test
	void aHeaderOfTheWrongKindIsNamed() {
		RawHttp.Answer answer = http.send("GET", "/things/search?application_id=a", null,
				Map.of("Authorization", SENDER, "X-Count", "many"));

		assertProblem(answer, 400, "X-Count must be a whole number, but was \"many\"");
		assertThat(answer.json().path("field").asString()).isEqualTo("X-Count");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/yaml", "application/x-www-form-urlencoded", "application/xml" })
	void onlyJsonIsTaken(String type) {
		RawHttp.Answer answer = http.send("POST", "/things", "title: a",
				Map.of("Authorization", SENDER, "Content-Type", type));

		assertThat(answer.status()).isEqualTo(415);
		assertThat(answer.header("accept")).contains("application/json").doesNotContain("yaml");
		assertThat(answer.header("content-type")).startsWith("application/problem+json");
	}

	@Test
	void whatIsAwayIsTriedAgainLater() {
		RawHttp.Answer answer = get("/things/later?failing=yes", SENDER);

		assertProblem(answer, 503, "the message broker is not available; nothing was accepted");
		assertThat(answer.header("retry-after")).isEqualTo("2");
	}

	@Test
	void aControllerMayAnswerLater() {
		assertThat(get("/things/later", SENDER).body()).isEqualTo("{\"done\":\"yes\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/things//x", "/things/%2e%2e/x", "/things/;a=b", "/things/%00", "/things/a%zz",
			"/things/%2F", "/things/\\x" })
	void aPathThatIsATrickIsRefusedAsProblemDetails(String path) {
		assertProblem(get(path, SENDER), 400,
				"the request is not valid HTTP, or its method, path or headers hold what is not taken here");
	}

	@Test
	void headersThatAreTooLargeAreRefusedAsProblemDetails() {
		RawHttp.Answer answer = http.send("GET", "/things/who", null,
				Map.of("Authorization", SENDER, "X-Big", "x".repeat(20_000)));

		assertProblem(answer, 400,
				"the request is not valid HTTP, or its method, path or headers hold what is not taken here");
	}

	@Test
	void aHeaderWithAControlCharacterIsRefused() {
		RawHttp.Answer answer = http.send("GET", "/things/who", null,
				Map.of("Authorization", SENDER, "Accept", "application/json; a=\u0085"));

		assertThat(answer.status()).isEqualTo(400);
	}

	@Test
	void aMethodThatNobodyTakesIsRefusedAsProblemDetails() {
		assertProblem(http.send("TRACE", "/things/who", null, Map.of("Authorization", SENDER)), 405,
				"this method is not taken here");
	}

	@Test
	void withoutAKeyNothingButHealthIsReached() {
		for (String path : new String[] { "/things/who", "/nothing", "/error", "/actuator", "/actuator/prometheus",
				"/actuator/env", "/", "/.well-known/oauth-protected-resource" }) {
			RawHttp.Answer answer = http.send("GET", path, null, Map.of());

			assertProblem(answer, 401, "expected a header 'Authorization: Bearer <API key>'");
			assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz", "/actuator/health", "/actuator/health/liveness",
			"/actuator/health/readiness" })
	void healthIsOpenAndTellsNoDetails(String path) {
		RawHttp.Answer answer = http.send("GET", path, null, Map.of());

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("status").asString()).isEqualTo("UP");
		assertThat(answer.body()).doesNotContain("components", "details");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic c2VjcmV0", "Bearer", "Bearer a b", "secret", "Token secret" })
	void whatIsNoBearerKeyIsToldHowToSendOne(String authorization) {
		assertProblem(get("/things/who", authorization), 401, "expected a header 'Authorization: Bearer <API key>'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer wrong", "Bearer Secret", "Bearer secret=", "bearer wrong" })
	void aKeyThatIsNotConfiguredIsRefused(String authorization) {
		assertProblem(get("/things/who", authorization), 401, "the API key is not known here");
	}

	@ParameterizedTest
	@ValueSource(strings = { "access_token=secret", "api_key=secret" })
	void aKeyInTheAddressIsNoKey(String query) {
		assertThat(http.send("GET", "/things/who?" + query, null, Map.of()).status()).isEqualTo(401);
	}

	@Test
	void theNameOfTheCallerIsThatOfTheKey() {
		assertThat(get("/things/who", SENDER).body()).isEqualTo("shop");
	}

	@ParameterizedTest
	@CsvSource({ "/things/who, Bearer operators-secret", "/actuator/prometheus, Bearer secret",
			"/nothing, Bearer secret", "/nothing, Bearer operators-secret", "/error, Bearer secret" })
	void aKeyWithoutTheRoleIsRefusedAndSoIsAPathThatNobodyOpened(String path, String authorization) {
		assertProblem(get(path, authorization), 403, "the API key has no role that allows this");
	}

	@Test
	void metricsAreTheOperators() {
		RawHttp.Answer answer = get("/actuator/prometheus", OPERATOR);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("service=\"test\"");
		assertThat(get("/actuator/health", OPERATOR).body()).contains("components");
	}

	@Test
	void noActuatorIsThereButHealthAndMetrics() {
		for (String path : new String[] { "/actuator/env", "/actuator/beans", "/actuator/heapdump",
				"/actuator/configprops" }) {
			assertThat(get(path, OPERATOR).status()).as(path).isEqualTo(404);
		}
	}

	@Test
	void theAnswersCarryTheUsualHeadersOfSafety() {
		RawHttp.Answer answer = get("/things/who", SENDER);

		assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
		assertThat(answer.header("cache-control")).contains("no-store");
		assertThat(answer.headers()).doesNotContainKeys("set-cookie", "server");
	}

	private RawHttp.Answer get(String path, String authorization) {
		return http.send("GET", path, null, Map.of("Authorization", authorization));
	}

	private RawHttp.Answer post(String path, String body) {
		return http.send("POST", path, body, Map.of("Authorization", SENDER));
	}

	private static void assertProblem(RawHttp.Answer answer, int status, String detail) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.header("content-type")).startsWith("application/problem+json");
		assertThat(answer.json().path("status").asInt()).isEqualTo(status);
		assertThat(answer.json().path("title").asString()).isNotBlank();
		assertThat(answer.json().path("detail").asString()).isEqualTo(detail);
		assertThat(answer.body()).doesNotContain("dev.herald", "java.", "org.springframework", "jackson", "Exception",
				"secret", "trace", "<html");
	}

}
