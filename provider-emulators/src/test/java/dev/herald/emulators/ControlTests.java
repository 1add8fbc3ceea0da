package dev.herald.emulators;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.herald.emulators.pushes.Provider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The control port, as a shell script would use it. */
class ControlTests {

	private static final String RIDER = "com.acme.rider";

	private static final String TOKEN = Provider.APNS.sampleToken(1);

	@TempDir
	static Path directory;

	private static ProviderEmulators emulators;

	private static Clients clients;

	@BeforeAll
	static void start() {
		emulators = ProviderEmulators.start(EmulatorOptions.in(directory).withApplications(RIDER).build());
		clients = new Clients(emulators);
	}

	@AfterAll
	static void stop() {
		clients.close();
		emulators.close();
	}

	@AfterEach
	void forget() {
		emulators.behaviours().clear();
		emulators.pushes().clear();
	}

	private static PushNotificationResponse<SimpleApnsPushNotification> push(String token) {
		ApnsClient client = clients.pushy(RIDER);
		return client
			.sendNotification(new SimpleApnsPushNotification(token, RIDER,
					"{\"aps\":{\"alert\":\"Hello\"},\"notification_id\":\"n-1\"}"))
			.join();
	}

	@Test
	void aBehaviourOfATokenIsProgrammedShownAndRemoved() {
		String path = "/behaviours/apns/" + RIDER + "/tokens/" + TOKEN;

		HttpResponse<String> put = clients.control("PUT", path,
				"{\"behaviour\": \"unregistered\", \"since\": \"2026-03-01T10:15:30Z\"}");
		PushNotificationResponse<SimpleApnsPushNotification> refused = push(TOKEN);
		JsonNode shown = clients.getControl("/behaviours");
		HttpResponse<String> delete = clients.control("DELETE", path, "");

		assertThat(put.statusCode()).isEqualTo(204);
		assertThat(refused.getRejectionReason()).contains("Unregistered");
		assertThat(shown.path("behaviours")).containsExactly(Clients.json.readTree("""
				{"provider": "apns", "application": "com.acme.rider", "token": "%s",
				"behaviour": "unregistered", "since": "2026-03-01T10:15:30Z"}""".formatted(TOKEN)));
		assertThat(delete.statusCode()).isEqualTo(204);
		assertThat(push(TOKEN).isAccepted()).isTrue();
	}

	@Test
	void aBehaviourForTheNextRequestsRunsOut() {
		clients.control("PUT", "/behaviours/apns/" + RIDER,
				"{\"behaviour\": \"server_error\", \"status\": 503, \"requests\": 2}");

		List<Integer> statuses = List.of(push(TOKEN).getStatusCode(), push(TOKEN).getStatusCode(),
				push(TOKEN).getStatusCode());

		assertThat(statuses).containsExactly(503, 503, 200);
		assertThat(clients.getControl("/behaviours").path("behaviours")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"behaviour\": \"accept\"}", "{\"behaviour\": \"slow\", \"delay_ms\": 20}",
					"{\"behaviour\": \"hang\"}", "{\"behaviour\": \"drop_connection\"}", "{\"behaviour\": \"go_away\"}",
					"{\"behaviour\": \"bad_device_token\"}", "{\"behaviour\": \"bad_credentials\"}",
					"{\"behaviour\": \"throttle\", \"retry_after_seconds\": 5}", "{\"behaviour\": \"throttle\"}",
					"{\"behaviour\": \"server_error\", \"status\": 502}",
					"{\"behaviour\": \"refuse\", \"reason\": \"Shutdown\", \"requests\": 3}" })
	void everyBehaviourIsShownAsItWasPut(String body) {
		HttpResponse<String> put = clients.control("PUT", "/behaviours/apns", body);

		JsonNode shown = clients.getControl("/behaviours").path("behaviours").path(0);

		assertThat(put.statusCode()).isEqualTo(204);
		Clients.json.readTree(body)
			.properties()
			.forEach((field) -> assertThat(shown.path(field.getKey())).isEqualTo(field.getValue()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"/behaviours/apns | {\"behaviour\": \"explode\"} | behaviour is 'explode', expected one of [accept",
			"/behaviours/apns | {} | behaviour is , expected text",
			"/behaviours/apns | [] | expected an object with \\\"behaviour\\\"",
			"/behaviours/apns | { | The body is not JSON",
			"/behaviours/sms | {\"behaviour\": \"hang\"} | There is no provider 'sms', expected 'fcm' or 'apns'",
			"/behaviours/apns/com.acme.ridr | {\"behaviour\": \"hang\"} | do not know the application 'com.acme.ridr'",
			"/behaviours/apns | {\"behaviour\": \"hang\", \"delay_ms\": 1} | The field 'delay_ms' is not one of",
			"/behaviours/apns | {\"behaviour\": \"slow\"} | delay_ms is , expected a whole number",
			"/behaviours/apns | {\"behaviour\": \"slow\", \"delay_ms\": -1} | expected 0 to an hour",
			"/behaviours/apns | {\"behaviour\": \"server_error\", \"status\": 404} | status is 404, expected 500 to 599",
			"/behaviours/apns | {\"behaviour\": \"unregistered\", \"since\": \"May\"} | expected a time like",
			"/behaviours/apns | {\"behaviour\": \"refuse\", \"reason\": \"Nope\"} | APNs has no reason 'Nope', expected",
			"/behaviours/fcm | {\"behaviour\": \"refuse\", \"reason\": \"Nope\"} | FCM has no error 'Nope', expected",
			"/behaviours/apns | {\"behaviour\": \"sender_id_mismatch\"} | APNs knows no sender-id mismatch",
			"/behaviours/apns | {\"behaviour\": \"hang\", \"requests\": 0} | requests is 0, expected 1 or more",
			"/behaviours/apns/com.acme.rider/devices/1 | {\"behaviour\": \"hang\"} | expected /behaviours/{provider}" })
	void aBehaviourThatIsNoneIsRefusedWithTheReason(String path, String body, String reason) {
		HttpResponse<String> answer = clients.control("PUT", path, body);

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains(reason);
		assertThat(emulators.behaviours().list()).isEmpty();
	}

	@Test
	void pushesAreFoundByTokenAndFollowedBySequence() {
		push(TOKEN);
		push(Provider.APNS.sampleToken(2));

		JsonNode byToken = clients.getControl("/pushes?provider=apns&application=" + RIDER + "&token=" + TOKEN);
		long first = byToken.path("next_after").asLong();
		JsonNode later = clients.getControl("/pushes?after=" + first + "&limit=10");

		assertThat(byToken.path("pushes")).hasSize(1);
		assertThat(byToken.at("/pushes/0/outcome").asString()).isEqualTo("accepted");
		assertThat(byToken.at("/pushes/0/body").asString()).isEqualTo("Hello");
		assertThat(byToken.at("/pushes/0/payload/aps/alert").asString()).isEqualTo("Hello");
		assertThat(byToken.at("/pushes/0/headers/apns-topic").asString()).isEqualTo(RIDER);
		assertThat(later.path("pushes")).hasSize(1);
		assertThat(later.at("/pushes/0/token").asString()).isEqualTo(Provider.APNS.sampleToken(2));
	}

	@Test
	void countersCountOutcomesAndRepeatsUntilPushesAreDeleted() {
		push(TOKEN);
		push(TOKEN);

		JsonNode counter = clients.getControl("/counters").at("/counters/0");
		JsonNode repeated = clients.getControl("/repeated").at("/repeated/0");
		HttpResponse<String> delete = clients.control("DELETE", "/pushes", "");

		assertThat(counter).isEqualTo(Clients.json.readTree("""
				{"provider": "apns", "application": "com.acme.rider", "received": 2, "accepted": 2,
				"repeated": 1, "outcomes": {"accepted": 2}}"""));
		assertThat(repeated.path("times").asInt()).isEqualTo(2);
		assertThat(repeated.path("id").asString()).isEqualTo("n-1");
		assertThat(delete.statusCode()).isEqualTo(204);
		assertThat(clients.getControl("/counters").path("counters")).isEmpty();
		assertThat(clients.getControl("/pushes").path("pushes")).isEmpty();
	}

	@Test
	void credentialsAreShownRevokedRestoredAndRotated() {
		String path = "/credentials/apns/" + RIDER;
		String oldKey = clients.getControl("/credentials").at("/credentials/0/apns/key_id").asString();

		clients.control("PUT", path, "{\"state\": \"revoked\"}");
		String revoked = clients.getControl("/credentials").at("/credentials/0/apns/state").asString();
		clients.control("PUT", path, "{\"state\": \"valid\"}");
		String restored = clients.getControl("/credentials").at("/credentials/0/apns/state").asString();
		HttpResponse<String> rotated = clients.control("POST", path + "/rotate", "");

		assertThat(revoked).isEqualTo("revoked");
		assertThat(restored).isEqualTo("valid");
		assertThat(rotated.statusCode()).isEqualTo(200);
		assertThat(Clients.json.readTree(rotated.body()).at("/apns/key_id").asString()).isNotEqualTo(oldKey);
		assertThat(rotated.body()).doesNotContain("PRIVATE KEY");
	}

	@Test
	void connectionsAreDroppedOnCommand() {
		push(TOKEN);
		int before = clients.getControl("/counters").at("/connections/apns").asInt();

		HttpResponse<String> answer = clients.control("POST", "/connections/apns/drop", "");

		assertThat(before).isPositive();
		assertThat(answer.statusCode()).isEqualTo(204);
		await().until(() -> clients.getControl("/counters").at("/connections/apns").asInt() == 0);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /, 404", "POST, /pushes, 404", "GET, /behaviours/apns, 404", "GET, /pushes?limit=x, 400",
			"GET, /pushes?limit=0, 400", "GET, /pushes?provider=sms, 400", "POST, /connections/apns/explode, 400",
			"POST, /credentials/apns/unknown/rotate, 400", "PUT, /behaviours, 404" })
	void aRequestThatFitsNothingIsAnsweredSo(String method, String path, int status) {
		HttpResponse<String> answer = clients.control(method, path, "");

		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
	}

	@Test
	void withAKeyEverythingButHealthIsClosedWithoutIt(@TempDir Path otherDirectory) {
		String key = "a-key-of-enough-length";
		try (ProviderEmulators closed = ProviderEmulators
			.start(EmulatorOptions.in(otherDirectory).withControlKey(key).build())) {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(closed.controlUri() + "/counters"));
			HttpRequest health = HttpRequest.newBuilder(URI.create(closed.controlUri() + "/health")).build();

			assertThat(clients.send(request.build()).statusCode()).isEqualTo(401);
			assertThat(clients.send(request.setHeader("authorization", "Bearer wrong").build()).statusCode())
				.isEqualTo(401);
			assertThat(clients.send(request.setHeader("authorization", "Bearer " + key).build()).statusCode())
				.isEqualTo(200);
			assertThat(clients.send(health).statusCode()).isEqualTo(200);
		}
	}

}
