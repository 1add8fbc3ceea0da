package dev.herald.worker.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.gson.GsonFactory;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.worker.push.Jobs;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FcmMessageMapperTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	@Test
	void aFullJobIsMappedFieldByField() throws IOException {
		PushContent content = new PushContent("Title", "Message", Payload.parse("{\"ride\":\"r1\"}"), 3, "horn.caf",
				URI.create("https://img.example/x.png"));
		PushJob job = Jobs.job(Jobs.RIDER, Provider.FCM, "tok", content, PushPriority.HIGH, "rides",
				NOW.plusSeconds(90));

		JsonNode message = json(job);

		assertThat(message).isEqualTo(HeraldJson.mapper().readTree("""
				{
				  "token": "tok",
				  "notification": {"title": "Title", "body": "Message", "image": "https://img.example/x.png"},
				  "data": {"ride": "r1", "notification_id": "%s"},
				  "android": {
				    "collapse_key": "rides", "priority": "high", "ttl": "90s",
				    "notification": {"sound": "horn.caf", "tag": "rides", "notification_count": 3}
				  }
				}
				""".formatted(job.notificationId())));
	}

	@Test
	void whatIsAbsentIsLeftOutButTheTagThatMakesADuplicateShowOnce() throws IOException {
		PushContent content = PushContent.of("Title", "", Payload.EMPTY);
		PushJob job = Jobs.job(Jobs.RIDER, Provider.FCM, "tok", content, PushPriority.NORMAL, null,
				NOW.plusSeconds(90));

		JsonNode message = json(job);

		assertThat(message).isEqualTo(HeraldJson.mapper().readTree("""
				{
				  "token": "tok",
				  "notification": {"title": "Title"},
				  "data": {"notification_id": "%1$s"},
				  "android": {"priority": "normal", "ttl": "90s", "notification": {"tag": "%1$s"}}
				}
				""".formatted(job.notificationId())));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"a":"text"}              | a                       | text
			{"a":12}                  | a                       | 12
			{"a":1.5}                 | a                       | 1.5
			{"a":true}                | a                       | true
			{"a":null}                | a                       | null
			{"a":{"b":[1,"x"]}}       | a                       | {"b":[1,"x"]}
			{"from":"anna"}           | payload.from            | anna
			{"message_type":"x"}      | payload.message_type    | x
			{"collapse_key":"x"}      | payload.collapse_key    | x
			{"google.x":"x"}          | payload.google.x        | x
			{"gcm.notification.x":""} | payload.gcm.notification.x | ``
			{"notification_id":"x"}   | payload.notification_id | x
			{"fromage":"brie"}        | fromage                 | brie
			""")
	void dataIsStringsUnderNamesThatFcmTakes(String payload, String name, String value) throws IOException {
		PushJob job = Jobs.job(Provider.FCM, PushContent.of("Title", "Message", Payload.parse(payload)));

		JsonNode data = json(job).path("data");

		assertThat(data.path(name).stringValue()).isEqualTo(value);
		assertThat(data.path("notification_id").stringValue()).isEqualTo(job.notificationId().toString());
		assertThat(data.size()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "PT1.9S,1s", "PT0.4S,0s", "PT-5S,0s", "P28D,2419200s", "P40D,2419200s" })
	void theTimeToLiveIsWhatIsLeft(Duration left, String ttl) throws IOException {
		PushContent content = PushContent.of("Title", "Message", Payload.EMPTY);
		PushJob job = Jobs.job(Jobs.RIDER, Provider.FCM, "tok", content, PushPriority.HIGH, null, NOW.plus(left));

		assertThat(json(job).path("android").path("ttl").stringValue()).isEqualTo(ttl);
	}

	@Test
	void moreThan4096BytesIsTooLarge() {
		// 5 for "Title", 1 for the name, 15 + 36 for the notification's id; é has two
		// bytes.
		int room = 4096 - 5 - 1 - 15 - 36;
		String fits = "é".repeat(room / 2) + "x".repeat(room % 2);

		assertThat(push(fits)).returns(4096, FcmPush::payloadBytes).returns(false, FcmPush::isTooLarge);
		assertThat(push(fits + "x")).returns(true, FcmPush::isTooLarge);
	}

	private static FcmPush push(String value) {
		Payload payload = Payload.of(HeraldJson.mapper().createObjectNode().put("a", value));
		return FcmMessageMapper.map(Jobs.job(Provider.FCM, PushContent.of("Title", "", payload)), NOW);
	}

	private static JsonNode json(PushJob job) throws IOException {
		String json = GsonFactory.getDefaultInstance().toString(FcmMessageMapper.map(job, NOW).message());
		return HeraldJson.mapper().readTree(json);
	}

}
