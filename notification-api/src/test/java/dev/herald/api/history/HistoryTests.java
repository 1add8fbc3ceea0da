package dev.herald.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.identity.Provider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HistoryTests {

	private final RunningApi api = RunningApi.shared();

	private final ApiClient client = api.client();

	private final String user = ApiClient.newUser();

	@Test
	void aNotificationIsKnownAsSoonAsItWasAnswered() {
		api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM);

		Answer sent = client.send(user, RunningApi.RIDER, """
				{"title": "Grüße 🚕", "message": "m", "payload": {"b": 1, "a": [true]}, "badge": 2, "sound": "default",
				 "image": "https://cdn.acme.com/a.png", "collapse_key": "k", "ttl_seconds": 3600}""");
		Answer shown = client.get(sent.header("Location").orElseThrow());

		JsonNode json = shown.json();
		assertThat(shown.status()).as("%s", shown).isEqualTo(200);
		assertThat(json.path("notification_id").stringValue()).isEqualTo(sent.notificationId());
		assertThat(json.path("user_id").stringValue()).isEqualTo(user);
		assertThat(json.path("application_id").stringValue()).isEqualTo(RunningApi.RIDER);
		assertThat(json.path("status").stringValue()).isEqualTo("queued");
		assertThat(json.path("title").stringValue()).isEqualTo("Grüße 🚕");
		assertThat(json.path("message").stringValue()).isEqualTo("m");
		assertThat(json.path("payload").toString()).isEqualTo("{\"b\":1,\"a\":[true]}");
		assertThat(json.path("badge").intValue()).isEqualTo(2);
		assertThat(json.path("sound").stringValue()).isEqualTo("default");
		assertThat(json.path("image").stringValue()).isEqualTo("https://cdn.acme.com/a.png");
		assertThat(json.path("collapse_key").stringValue()).isEqualTo("k");
		assertThat(json.path("priority").stringValue()).isEqualTo("high");
		assertThat(json.path("books").path("jobs").intValue()).isOne();
		assertThat(json.path("books").path("pending").intValue()).isOne();
		assertThat(json.path("devices")).hasSize(1);
	}

	@Test
	void aUserWithoutDevicesIsShownSo() {
		String id = client.sent(user, "*").notificationId();

		JsonNode json = client.get("/notification/" + id).json();

		assertThat(json.path("status").stringValue()).isEqualTo("no_devices");
		assertThat(json.path("application_id").stringValue()).isEqualTo("*");
		assertThat(json.path("books").path("jobs").intValue()).isZero();
		assertThat(json.path("devices")).isEmpty();
	}

	@Test
	void anUnknownNotificationIsNotFound() {
		Answer answer = client.get("/notification/019aa2d4-0000-7000-8000-000000000000");

		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.json().path("detail").stringValue()).contains("019aa2d4-0000-7000-8000-000000000000");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/notification/7                                       | notification_id
			/notification/zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz    | notification_id
			/notifications?user_id=a%20b                          | user_id
			/notifications?application_id=**                      | application_id
			/notifications?before=7                               | before
			/notifications?limit=0                                | limit
			/notifications?limit=101                              | limit
			/notifications?limit=many                             | limit
			""")
	void aMalformedQuestionIsRefusedWithItsField(String path, String field) {
		Answer answer = client.get(path);

		assertThat(answer.status()).as("%s", answer).isEqualTo(400);
		assertThat(answer.json().path("field").stringValue()).isEqualTo(field);
	}

	@Test
	void operatorsAndSendersSeeThePastAndNobodyElse() {
		String id = client.sent(user, RunningApi.RIDER).notificationId();

		for (String path : List.of("/notification/" + id, "/notifications")) {
			assertThat(client.get(path, RunningApi.OPERATOR_KEY).status()).isEqualTo(200);
			assertThat(client.get(path, RunningApi.SENDER_KEY).status()).isEqualTo(200);
			assertThat(client.get(path, RunningApi.REGISTRAR_KEY).status()).isEqualTo(403);
			assertThat(client.get(path, "wrong").status()).isEqualTo(401);
		}
	}

	@Test
	void anInboxHoldsWhatReachesTheUserInTheApplicationNewestFirst() {
		String oldest = client.sent(user, RunningApi.RIDER).notificationId();
		String elsewhere = client.sent(user, RunningApi.DRIVER).notificationId();
		String everywhere = client.sent(user, "*").notificationId();
		String newest = client.sent(user, RunningApi.RIDER).notificationId();
		client.sent(ApiClient.newUser(), RunningApi.RIDER);

		assertThat(ids("/notifications?user_id=%s&application_id=%s".formatted(user, RunningApi.RIDER)))
			.containsExactly(newest, everywhere, oldest);
		assertThat(ids("/notifications?user_id=" + user)).containsExactly(newest, everywhere, elsewhere, oldest);
		assertThat(ids("/notifications?limit=100&application_id=" + RunningApi.RIDER))
			.containsSubsequence(newest, everywhere, oldest)
			.doesNotContain(elsewhere);
		assertThat(ids("/notifications?limit=100")).containsSubsequence(newest, everywhere, elsewhere, oldest);
	}

	@Test
	void pagesFollowEachOtherWithoutGapOrRepetition() {
		List<String> sent = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			sent.addFirst(client.sent(user, i % 2 == 0 ? RunningApi.RIDER : "*").notificationId());
		}

		List<String> read = new ArrayList<>();
		String path = "/notifications?limit=3&user_id=" + user;
		JsonNode page = client.get(path).json();
		read.addAll(ids(page));
		while (page.has("next")) {
			page = client.get(path + "&before=" + page.path("next").stringValue()).json();
			read.addAll(ids(page));
		}

		assertThat(read).isEqualTo(sent);
	}

	private List<String> ids(String path) {
		return ids(client.get(path).json());
	}

	private static List<String> ids(JsonNode page) {
		List<String> ids = new ArrayList<>();
		page.path("notifications").forEach(notification -> ids.add(notification.path("notification_id").stringValue()));
		return ids;
	}

}
