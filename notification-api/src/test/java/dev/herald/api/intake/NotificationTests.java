package dev.herald.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.Queues.Message;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.device.Device;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationTests {

	private final RunningApi api = RunningApi.shared();

	private final ApiClient client = api.client();

	private final String user = ApiClient.newUser();

	@Test
	void aNotificationBecomesOneJobForEachDevice() {
		Device android = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM);
		Device apple = api.tokenStore().register(user, RunningApi.RIDER, Provider.APNS);
		Device elsewhere = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		Instant before = Instant.now();

		Answer answer = client.send(user, RunningApi.RIDER,
				"""
						{"title": "Your driver is here", "message": "At the pickup point", "payload": {"trip": 7, "x": [1.50, 0.12345678901234567890]}}""");

		assertThat(answer.status()).as("%s", answer).isEqualTo(202);
		assertThat(answer.header("Location")).contains("/notification/" + answer.notificationId());
		assertThat(answer.json().path("devices").intValue()).isEqualTo(2);
		assertThat(answer.json().path("status").stringValue()).isEqualTo("queued");
		PushJob job = jobOf(answer, android);
		assertThat(job.acceptedAt()).isBetween(before.minusMillis(1), Instant.now());
		assertThat(job).isEqualTo(PushJob.first(NotificationId.parse(answer.notificationId()), android,
				PushContent.of("Your driver is here", "At the pickup point",
						Payload.parse("{\"trip\":7,\"x\":[1.50,0.12345678901234567890]}")),
				PushPriority.HIGH, null, job.acceptedAt(), job.acceptedAt().plus(Duration.ofDays(1))));
		assertThat(jobOf(answer, apple).device()).isEqualTo(apple);
		assertThat(jobs(answer, elsewhere)).isEmpty();
	}

	/** One that does not say its length is written, and read, in several pieces. */
	@Test
	void theAnswerSaysItsLength() {
		Answer answer = client.sent(user, RunningApi.RIDER);

		assertThat(answer.header("Content-Length")).contains(Integer.toString(answer.response().body().length));
		assertThat(answer.header("Transfer-Encoding")).isEmpty();
	}

	@Test
	void aJobLiesInItsQueueAsCommonWritesIt() {
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);

		Answer answer = client.sent(user, RunningApi.DRIVER);

		Message message = jobs(answer, device).getFirst();
		assertThat(message.body()).isEqualTo(HeraldJson.write(message.job()));
		assertThat(message.properties().getDeliveryMode()).as("persistent").isEqualTo(2);
		assertThat(message.properties().getPriority()).isEqualTo(PushPriority.HIGH.messagePriority());
		assertThat(message.properties().getContentType()).isEqualTo("application/json");
	}

	@Test
	void everythingOptionalReachesTheJob() {
		Device device = api.tokenStore().register(user, RunningApi.RIDER, Provider.APNS);

		Answer answer = client.send(user, RunningApi.RIDER,
				"""
						{"message": "half price", "ttl_seconds": 60, "priority": "normal", "collapse_key": "offer-1",
						 "badge": 3, "sound": "bell.caf", "image": "https://cdn.acme.com/a.png", "payload": {"a": {"b": null}}}""");

		PushJob job = jobOf(answer, device);
		assertThat(job.content()).isEqualTo(new PushContent("", "half price", Payload.parse("{\"a\":{\"b\":null}}"), 3,
				"bell.caf", URI.create("https://cdn.acme.com/a.png")));
		assertThat(job.priority()).isEqualTo(PushPriority.NORMAL);
		assertThat(job.collapseKey()).isEqualTo("offer-1");
		assertThat(Duration.between(job.acceptedAt(), job.expiresAt())).isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void nowOrNeverLeavesTimeForTheQueue() {
		Device device = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM);

		Answer answer = client.send(user, RunningApi.RIDER, "{\"title\": \"now\", \"ttl_seconds\": 0}");

		PushJob job = jobOf(answer, device);
		assertThat(Duration.between(job.acceptedAt(), job.expiresAt())).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void aStarReachesTheUserInEveryApplication() {
		Device rider = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM);
		Device driver = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);

		Answer answer = client.sent(user, "*");

		assertThat(answer.json().path("devices").intValue()).isEqualTo(2);
		assertThat(jobOf(answer, rider).device()).isEqualTo(rider);
		assertThat(jobOf(answer, driver).device()).isEqualTo(driver);
	}

	@Test
	void hyphensInHeaderNamesMeanTheSame() {
		Device device = api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM);

		Answer answer = client.exchange(client.post("{\"title\": \"hello\"}")
			.setHeader("user-id", user)
			.setHeader("application-id", RunningApi.RIDER));

		assertThat(answer.status()).as("%s", answer).isEqualTo(202);
		assertThat(jobOf(answer, device).device()).isEqualTo(device);
	}

	@Test
	void aUserWithoutDevicesIsTakenAndSaid() {
		Answer answer = client.sent(user, RunningApi.RIDER);

		assertThat(answer.json().path("devices").intValue()).isZero();
		assertThat(answer.json().path("status").stringValue()).isEqualTo("no_devices");
	}

	@Test
	void aDeviceWhoseProviderIsNotConfiguredAnyMoreIsSkipped() {
		api.tokenStore().register(user, RunningApi.DRIVER, Provider.APNS);
		api.tokenStore().register(user, "com.acme.gone", Provider.FCM);
		Device reachable = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);

		Answer answer = client.sent(user, "*");

		assertThat(answer.json().path("devices").intValue()).isOne();
		assertThat(jobOf(answer, reachable).device()).isEqualTo(reachable);
	}

	private PushJob jobOf(Answer answer, Device device) {
		assertThat(answer.status()).as("%s", answer).isEqualTo(202);
		List<Message> jobs = jobs(answer, device);
		assertThat(jobs).as("jobs for %s", device).hasSize(1);
		return jobs.getFirst().job();
	}

	private List<Message> jobs(Answer answer, Device device) {
		return api.queues().jobs(device.applicationId().value(), device.provider(), answer.notificationId());
	}

}
