package dev.herald.worker.apns;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.worker.push.Jobs;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ApnsNotificationMapperTests {

	private static final Instant EXPIRES_AT = Instant.parse("2026-11-20T13:00:00Z");

	@Test
	void aFullJobIsMappedFieldByField() {
		PushContent content = new PushContent("Title", "Message", Payload.parse("{\"ride\":{\"id\":7}}"), 0, "horn.caf",
				URI.create("https://img.example/x.png"));
		PushJob job = Jobs.job(Jobs.RIDER, Provider.APNS, "abcd", content, PushPriority.HIGH, "rides", EXPIRES_AT);

		ApnsPushNotification push = ApnsNotificationMapper.map(job, "com.acme.rider.ios");

		assertThat(push).returns("abcd", ApnsPushNotification::getToken)
			.returns("com.acme.rider.ios", ApnsPushNotification::getTopic)
			.returns(EXPIRES_AT, ApnsPushNotification::getExpiration)
			.returns(DeliveryPriority.IMMEDIATE, ApnsPushNotification::getPriority)
			.returns(PushType.ALERT, ApnsPushNotification::getPushType)
			.returns("rides", ApnsPushNotification::getCollapseId);
		assertThat(json(push)).isEqualTo(HeraldJson.mapper().readTree("""
				{
				  "aps": {
				    "alert": {"title": "Title", "body": "Message"},
				    "badge": 0, "sound": "horn.caf", "mutable-content": 1
				  },
				  "ride": {"id": 7},
				  "notification_id": "%s",
				  "image": "https://img.example/x.png"
				}
				""".formatted(job.notificationId())));
	}

	@Test
	void whatIsAbsentIsLeftOutButTheCollapseIdThatMakesADuplicateShowOnce() {
		PushContent content = PushContent.of("", "Message", Payload.EMPTY);
		PushJob job = Jobs.job(Jobs.RIDER, Provider.APNS, "abcd", content, PushPriority.NORMAL, null, EXPIRES_AT);

		ApnsPushNotification push = ApnsNotificationMapper.map(job, "topic");

		assertThat(push).returns(DeliveryPriority.CONSERVE_POWER, ApnsPushNotification::getPriority)
			.returns(job.notificationId().toString(), ApnsPushNotification::getCollapseId);
		assertThat(json(push)).isEqualTo(HeraldJson.mapper().readTree("""
				{"aps": {"alert": {"body": "Message"}}, "notification_id": "%s"}
				""".formatted(job.notificationId())));
	}

	@Test
	void everyAttemptAtAJobHasTheSameApnsIdAndNoOtherJobHasIt() {
		PushJob job = Jobs.job(Jobs.RIDER, Provider.APNS);
		PushJob other = Jobs.job(Jobs.RIDER, Provider.APNS);

		ApnsPushNotification first = ApnsNotificationMapper.map(job, "topic");
		ApnsPushNotification second = ApnsNotificationMapper.map(job.nextAttempt(job.acceptedAt(), null), "topic");

		assertThat(second.getApnsId()).isEqualTo(first.getApnsId());
		assertThat(ApnsNotificationMapper.map(other, "topic").getApnsId()).isNotEqualTo(first.getApnsId());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"aps":{"badge":99}}    | payload.aps             | {"badge":99}
			{"image":"mine"}        | payload.image           | "mine"
			{"notification_id":"x"} | payload.notification_id | "x"
			{"a":[1,null]}          | a                       | [1,null]
			{"a":{"image":1}}       | a                       | {"image":1}
			{"a":12.50,"image":2}   | a                       | 12.50
			{"a":1,"image":2}       | payload.image           | 2
			""")
	void thePayloadIsAtTheTopUnderNamesThatAreFree(String payload, String name, String value) {
		PushJob job = Jobs.job(Provider.APNS, PushContent.of("Title", "Message", Payload.parse(payload)));

		JsonNode json = json(ApnsNotificationMapper.map(job, "topic"));

		assertThat(json.path(name)).isEqualTo(HeraldJson.mapper().readTree(value));
		assertThat(json.path("aps").has("badge")).isFalse();
	}

	@Test
	void moreThan4096BytesIsTooLarge() {
		int empty = push("").getPayload().length();
		int room = 4096 - empty;
		String fits = "é".repeat(room / 2) + "x".repeat(room % 2);

		assertThat(ApnsNotificationMapper.isTooLarge(push(fits))).isFalse();
		assertThat(ApnsNotificationMapper.isTooLarge(push(fits + "x"))).isTrue();
	}

	private static ApnsPushNotification push(String value) {
		Payload payload = Payload.of(HeraldJson.mapper().createObjectNode().put("a", value));
		return ApnsNotificationMapper.map(Jobs.job(Provider.APNS, PushContent.of("Title", "", payload)), "topic");
	}

	private static JsonNode json(ApnsPushNotification push) {
		return HeraldJson.mapper().readTree(push.getPayload());
	}

}
