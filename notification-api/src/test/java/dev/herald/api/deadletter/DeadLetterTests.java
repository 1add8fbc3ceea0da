package dev.herald.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.Queues;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.fixture.TokenStoreStandIn.Behaviour;
import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.PushJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DeadLetterTests {

	private static final String DEAD = "push.dead";

	private final RunningApi api = RunningApi.shared();

	private final ApiClient client = api.client();

	private final String user = ApiClient.newUser();

	private final String reason = Letters.newReason();

	@Test
	void whatWasGivenUpIsListedOnceHoweverOftenItComes() {
		Device device = api.tokenStore().register(user, RunningApi.RIDER, Provider.APNS);
		DeadLetter letter = Letters.of(device, reason);

		give(letter, letter);
		give(letter);
		give(Letters.of(device, reason));

		JsonNode newest = listedOnce(2).get(0);
		JsonNode listed = listed("").get(1);
		assertThat(listed.path("notification_id").asString()).isEqualTo(letter.job().notificationId().toString());
		assertThat(listed.path("user_id").asString()).isEqualTo(user);
		assertThat(listed.path("device_id").asString()).isEqualTo(device.deviceId().value());
		assertThat(listed.path("token").asString()).endsWith("…").isNotEqualTo(device.token().value());
		assertThat(listed.path("application_id").asString()).isEqualTo(RunningApi.RIDER);
		assertThat(listed.path("provider").asString()).isEqualTo("apns");
		assertThat(listed.path("reason").asString()).isEqualTo(reason);
		assertThat(listed.path("last_answer").asString()).isEqualTo(reason + ": it said no");
		assertThat(listed.path("limit").asString()).isEqualTo("3 attempts");
		assertThat(listed.path("attempts").asInt()).isEqualTo(3);
		assertThat(listed.path("given_up_at").asString()).isEqualTo("2026-11-20T12:01:00Z");
		assertThat(listed.path("expires_at").asString()).isEqualTo(letter.job().expiresAt().toString());
		assertThat(listed.path("title").asString()).isEqualTo("Your driver is here");
		assertThat(newest.path("dead_letter_id").asLong()).isGreaterThan(listed.path("dead_letter_id").asLong());
	}

	@Test
	void aJobThatIsGivenUpOnceMoreIsListedAsItWasGivenUpLast() {
		DeadLetter first = Letters.of(api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM), reason);
		DeadLetter second = DeadLetter.of(first.job(), reason + ": again", "60 minutes", Letters.NOON,
				first.givenUpAt().plusSeconds(3600));

		give(first);
		listedOnce(1);
		give(second);

		await().until(() -> listed("").get(0).path("last_answer").asString().equals(reason + ": again"));
		give(first);
		give(Letters.of(first.job().device(), reason));
		listedOnce(2);
		assertThat(listed("").get(1).path("limit").asString()).isEqualTo("60 minutes");
	}

	@Test
	void theListIsReadPageByPage() {
		giveMany(7, RunningApi.DRIVER);
		listedOnce(7);

		List<Long> ids = new ArrayList<>();
		String before = "";
		List<Integer> sizes = new ArrayList<>();
		do {
			JsonNode page = get("/dead-letters?limit=3&reason=" + reason + before);
			sizes.add(page.path("dead_letters").size());
			page.path("dead_letters").forEach(letter -> ids.add(letter.path("dead_letter_id").asLong()));
			before = page.has("next") ? "&before=" + page.path("next").asLong() : "";
		}
		while (!before.isEmpty());

		assertThat(sizes).containsExactly(3, 3, 1);
		assertThat(ids).hasSize(7).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
	}

	@Test
	void theNewestOfAllComesFirstWithoutAFilter() {
		give(Letters.of(api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM), reason));
		listedOnce(1);

		JsonNode first = get("/dead-letters?limit=1").path("dead_letters").get(0);

		assertThat(first.path("reason").asString()).isEqualTo(reason);
	}

	@Test
	void theyAreFilteredAndCountedByApplicationProviderAndReason() {
		give(Letters.of(api.tokenStore().register(user, RunningApi.RIDER, Provider.APNS), reason));
		give(Letters.of(api.tokenStore().register(user, RunningApi.RIDER, Provider.FCM), reason));
		giveMany(2, RunningApi.DRIVER);
		give(Letters.of(api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM), Letters.newReason()));
		listedOnce(4);

		assertThat(listed("&application_id=" + RunningApi.RIDER)).hasSize(2);
		assertThat(listed("&provider=fcm")).hasSize(3);
		assertThat(listed("&provider=fcm&application_id=" + RunningApi.RIDER)).hasSize(1);
		assertThat(listed("&provider=apns&application_id=" + RunningApi.DRIVER)).isEmpty();
		JsonNode counts = get("/dead-letters/count?reason=" + reason);
		assertThat(counts.path("total").asInt()).isEqualTo(4);
		assertThat(counts.path("groups").valueStream().map(JsonNode::toString)).containsExactlyInAnyOrder(
				group(RunningApi.RIDER, "apns", 1), group(RunningApi.RIDER, "fcm", 1),
				group(RunningApi.DRIVER, "fcm", 2));
		assertThat(get("/dead-letters/count").path("total").asInt()).isGreaterThanOrEqualTo(5);
	}

	private String group(String application, String provider, int count) {
		return "{\"application_id\":\"%s\",\"provider\":\"%s\",\"reason\":\"%s\",\"count\":%d}".formatted(application,
				provider, reason, count);
	}

	@Test
	void aReplayedJobBeginsAnewAndIsAcceptedInTheBooks() {
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		String id = client.sent(user, RunningApi.DRIVER).notificationId();
		PushJob sent = api.queues().jobs(RunningApi.DRIVER, Provider.FCM, id).getFirst().job();
		DeadLetter letter = DeadLetter.of(sent.nextAttempt(Letters.NOON, null), reason, "2 attempts", Letters.NOON,
				Letters.NOON);
		report(id, device, DeliveryOutcome.DEAD_LETTERED, Letters.NOON);
		give(letter);
		listedOnce(1);

		JsonNode answer = post("replay", "reason=" + reason);

		assertThat(answer).hasToString("{\"replayed\":1,\"expired\":0,\"gone\":0,\"left\":0}");
		assertThat(listed("")).isEmpty();
		Queues.Message replayed = api.queues().jobs(RunningApi.DRIVER, Provider.FCM, id).getFirst();
		assertThat(replayed.job()).isEqualTo(sent);
		assertThat(replayed.properties().getHeaders()).isNullOrEmpty();
		awaitBooks(id, "dead_lettered");
		report(id, device, DeliveryOutcome.ACCEPTED, Letters.NOON.plusSeconds(1));
		awaitBooks(id, "accepted");
	}

	@Test
	void whatHasExpiredIsToldAndGetsANewExpiryOnlyWhenAskedTo() {
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		NotificationId id = NotificationId.create();
		DeadLetter expired = Letters.of(id, device, reason, Letters.NOON);
		give(expired);
		listedOnce(1);

		assertThat(post("replay", "reason=" + reason))
			.hasToString("{\"replayed\":1,\"expired\":1,\"gone\":0,\"left\":0}");
		assertThat(job(id).expiresAt()).isEqualTo(Letters.NOON);
		give(expired);
		listedOnce(1);
		Instant before = Instant.now();

		assertThat(post("replay", "ttl_seconds=600&reason=" + reason))
			.hasToString("{\"replayed\":1,\"expired\":0,\"gone\":0,\"left\":0}");
		assertThat(job(id).expiresAt()).isBetween(before.plusSeconds(599), Instant.now().plusSeconds(600));
	}

	@Test
	void nobodyIsSentToWhoHasLoggedOutSince() {
		NotificationId id = NotificationId.create();
		give(Letters.of(id, device(987_654_321, RunningApi.DRIVER), reason, Instant.now().plusSeconds(600)));
		listedOnce(1);

		assertThat(post("replay", "reason=" + reason))
			.hasToString("{\"replayed\":0,\"expired\":0,\"gone\":1,\"left\":0}");
		assertThat(api.queues().jobs(RunningApi.DRIVER, Provider.FCM, id.toString())).isEmpty();
	}

	@Test
	void aRefreshedTokenIsUsed() {
		Device now = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		Device then = new Device(now.registrationId(), now.deviceId(), now.userId(), now.applicationId(),
				now.provider(), new DeviceToken("token-of-before"), now.environment(), now.registeredAt());
		NotificationId id = NotificationId.create();
		give(Letters.of(id, then, reason, Instant.now().plusSeconds(600)));
		listedOnce(1);

		post("replay", "reason=" + reason);

		assertThat(job(id).device()).isEqualTo(now);
	}

	@Test
	void noMoreThanTheLimitIsReplayedOrDiscardedAndTheOldestFirst() {
		giveMany(5, RunningApi.DRIVER);
		List<Long> ids = listedOnce(5).valueStream().map(letter -> letter.path("dead_letter_id").asLong()).toList();

		assertThat(post("replay", "limit=2&reason=" + reason).path("left").asInt()).isEqualTo(3);
		assertThat(listed("").valueStream().map(letter -> letter.path("dead_letter_id").asLong()))
			.containsExactlyElementsOf(ids.subList(0, 3));
		assertThat(post("discard", "limit=2&reason=" + reason)).hasToString("{\"discarded\":2,\"left\":1}");
		assertThat(listed("").get(0).path("dead_letter_id").asLong()).isEqualTo(ids.getFirst());
	}

	@Test
	void manyAreReplayedByTwoOperatorsAtOnceAndEachOnce() {
		int many = 900;
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		List<DeadLetter> letters = IntStream.range(0, many).mapToObj(i -> Letters.of(device, reason)).toList();
		JdbcDeadLetters table = api.bean(JdbcDeadLetters.class);
		for (int i = 0; i < many; i += 300) {
			table.keep(letters.subList(i, i + 300));
		}

		var first = CompletableFuture.supplyAsync(() -> post("replay", "reason=" + reason));
		var second = CompletableFuture.supplyAsync(() -> post("replay", "reason=" + reason));

		assertThat(first.join().path("replayed").asInt() + second.join().path("replayed").asInt()).isEqualTo(many);
		assertThat(listed("")).isEmpty();
		assertThat(api.queues().allJobs(RunningApi.DRIVER, Provider.FCM)).filteredOn(job -> job.device().equals(device))
			.hasSize(many);
	}

	@Test
	void whileTheTokenStoreIsAwayNothingIsReplayedAndNothingIsLost() {
		give(Letters.of(api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM), reason));
		listedOnce(1);
		api.tokenStore().behave(Behaviour.UNAVAILABLE);
		try {
			Answer answer = client.exchange(request("replay", "reason=" + reason));

			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.header("Retry-After")).isPresent();
			assertThat(listed("")).hasSize(1);
		}
		finally {
			api.tokenStore().behave(Behaviour.ANSWERS);
		}
		assertThat(post("replay", "reason=" + reason).path("replayed").asInt()).isEqualTo(1);
	}

	@Test
	void aJobThatNoQueueTakesStaysAndHoldsUpNoOther() {
		String unconfigured = "com.acme.a-former-one";
		give(Letters.of(api.tokenStore().register(user, unconfigured, Provider.FCM), reason));
		give(Letters.of(api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM), reason));
		listedOnce(2);

		assertThat(post("replay", "reason=" + reason))
			.hasToString("{\"replayed\":1,\"expired\":0,\"gone\":0,\"left\":1}");
		assertThat(listed("").get(0).path("application_id").asString()).isEqualTo(unconfigured);
		assertThat(post("discard", "application_id=" + unconfigured).path("discarded").asInt()).isEqualTo(1);
	}

	@Test
	void theBooksKeepWhatWasDiscarded() {
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		String id = client.sent(user, RunningApi.DRIVER).notificationId();
		report(id, device, DeliveryOutcome.DEAD_LETTERED, Letters.NOON);
		give(Letters.of(NotificationId.parse(id), device, reason, Instant.now()));
		listedOnce(1);

		assertThat(post("discard", "reason=" + reason)).hasToString("{\"discarded\":1,\"left\":0}");

		assertThat(listed("")).isEmpty();
		awaitBooks(id, "dead_lettered");
	}

	@ParameterizedTest
	@CsvSource({ "replay, '', all", "discard, '', all", "replay, all=false, all", "replay, all=maybe, all",
			"discard, all=true&provider=fcm, all", "discard, provider=pigeon, provider",
			"discard, provider=fcm&provider=apns, provider", "discard, provider=fcm&aplication_id=x, aplication_id",
			"discard, application_id=, application_id", "discard, reason=, reason", "replay, all=true&limit=0, limit",
			"replay, all=true&limit=10001, limit", "replay, all=true&limit=1.5, limit",
			"replay, all=true&ttl_seconds=0, ttl_seconds", "replay, all=true&ttl_seconds=2419201, ttl_seconds",
			"discard, all=true&ttl_seconds=5, ttl_seconds" })
	void aRequestThatDoesNotSayWhatItMeansIsRefused(String action, String parameters, String field) {
		Answer answer = client.exchange(request(action, parameters));

		assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
		assertThat(answer.json().path("field").asString()).isEqualTo(field);
	}

	@Test
	void aFilterInTheBodyIsRefusedRatherThanPassedOver() {
		Answer answer = client.exchange(client.request("/dead-letters/discard?provider=fcm", RunningApi.OPERATOR_KEY)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"application_id\": \"com.acme.rider\"}")));

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("field").asString()).isEqualTo("body");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/dead-letters", "/dead-letters/count" })
	void theyAreTheOperatorsAlone(String path) {
		assertThat(client.getWithoutKey(path).status()).isEqualTo(401);
		assertThat(client.get(path, RunningApi.SENDER_KEY).status()).isEqualTo(403);
		assertThat(client.get(path, RunningApi.OPERATOR_KEY).status()).isEqualTo(200);
		assertThat(client
			.exchange(client.request("/dead-letters/discard?all=true", RunningApi.SENDER_KEY)
				.POST(HttpRequest.BodyPublishers.noBody()))
			.status()).isEqualTo(403);
	}

	@Test
	void theyAreCountedForAlertsAndForHealth() {
		DeadLetterMetrics metrics = api.bean(DeadLetterMetrics.class);
		metrics.run();
		double before = gauge();
		assertThat(before).isNotNegative();
		giveMany(3, RunningApi.DRIVER);
		listedOnce(3);

		metrics.run();

		assertThat(gauge()).isEqualTo(before + 3);
		JsonNode health = client.get("/actuator/health", RunningApi.OPERATOR_KEY).json();
		assertThat(health.at("/components/deadLetters/details/dead_letters").asInt()).isGreaterThanOrEqualTo(3);
		assertThat(health.at("/components/deadLetters/status").asString()).isEqualTo("UP");
	}

	private double gauge() {
		return api.bean(MeterRegistry.class)
			.get("herald.dead.letters")
			.tags("application", RunningApi.DRIVER, "provider", "fcm")
			.gauge()
			.value();
	}

	@Test
	void whatIsTooOldIsForgotten() {
		Device device = api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		NotificationId old = NotificationId.parse("00000000-0000-7000-8000-000000000000");
		give(Letters.of(old, device, reason, Letters.NOON));
		give(Letters.of(device, reason));
		listedOnce(2);

		int forgotten = api.bean(DeadLetters.class).deleteBefore(Instant.now().minus(Duration.ofDays(30)), 1000);

		assertThat(forgotten).isEqualTo(1);
		assertThat(listed("")).hasSize(1);
	}

	private void give(DeadLetter... letters) {
		for (DeadLetter letter : letters) {
			api.queues().put(DEAD, HeraldJson.write(letter));
		}
	}

	private void giveMany(int count, String application) {
		Device device = api.tokenStore().register(user, application, Provider.FCM);
		for (int i = 0; i < count; i++) {
			give(Letters.of(device, reason));
		}
	}

	private static Device device(long registration, String application) {
		return new Device(new RegistrationId(registration), new DeviceId("gone"), new UserId(ApiClient.newUser()),
				new ApplicationId(application), Provider.FCM, new DeviceToken("token-of-nobody"),
				Environment.PRODUCTION, Letters.NOON);
	}

	private PushJob job(NotificationId id) {
		return api.queues().jobs(RunningApi.DRIVER, Provider.FCM, id.toString()).getFirst().job();
	}

	private JsonNode listedOnce(int count) {
		return await().until(() -> listed(""), letters -> letters.size() == count);
	}

	private JsonNode listed(String further) {
		return get("/dead-letters?reason=" + reason + further).path("dead_letters");
	}

	private JsonNode get(String path) {
		Answer answer = client.get(path, RunningApi.OPERATOR_KEY);
		assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
		return answer.json();
	}

	private JsonNode post(String action, String parameters) {
		Answer answer = client.exchange(request(action, parameters));
		assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
		return answer.json();
	}

	private HttpRequest.Builder request(String action, String parameters) {
		return client.request("/dead-letters/" + action + "?" + parameters, RunningApi.OPERATOR_KEY)
			.POST(HttpRequest.BodyPublishers.noBody());
	}

	private void report(String id, Device device, DeliveryOutcome outcome, Instant endedAt) {
		api.queues()
			.report(new DeliveryReport(DeliveryReport.VERSION, NotificationId.parse(id), null, device.registrationId(),
					device.deviceId(), device.applicationId(), device.provider(), outcome, null, null, 1, endedAt));
	}

	private void awaitBooks(String id, String outcome) {
		await().untilAsserted(() -> {
			JsonNode books = client.get("/notification/" + id).json().path("books");
			assertThat(books.path(outcome).asInt()).as(books.toString()).isEqualTo(1);
		});
	}

}
