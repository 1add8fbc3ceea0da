package dev.herald.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.fixture.TokenStoreStandIn.Behaviour;
import dev.herald.api.sql.Columns;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.testsupport.TestDatabase;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class IdempotencyTests {

	private static final String HELLO = "{\"title\": \"hello\"}";

	private final RunningApi api = RunningApi.shared();

	private final ApiClient client = api.client();

	private final String user = ApiClient.newUser();

	private final String key = UUID.randomUUID().toString();

	@Test
	void theSameRequestIsAnsweredAsTheFirstTimeAndSentOnce() {
		api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);

		Answer first = send(key, HELLO);
		Answer second = send(key, "{ \"title\" :\"hello\"}");

		assertThat(first.status()).isEqualTo(202);
		assertThat(second.status()).isEqualTo(202);
		assertThat(second.text()).isEqualTo(first.text());
		assertThat(second.header("Location")).isEqualTo(first.header("Location"));
		assertThat(jobs(first)).isEqualTo(1);
	}

	@Test
	void aUserWithoutDevicesIsAnsweredAsTheFirstTimeEvenIfThereIsOneNow() {
		Answer first = send(key, HELLO);
		api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);

		Answer second = send(key, HELLO);

		assertThat(first.json().path("status").stringValue()).isEqualTo("no_devices");
		assertThat(second.text()).isEqualTo(first.text());
	}

	@Test
	void anotherBodyOrRecipientUnderTheSameKeyIsAConflict() {
		send(key, HELLO);

		Answer otherBody = send(key, "{\"title\": \"bye\"}");
		Answer otherUser = client.send(ApiClient.newUser(), RunningApi.DRIVER, HELLO, "Idempotency-Key", key);

		assertThat(otherBody.status()).isEqualTo(409);
		assertThat(otherBody.header("Retry-After")).isEmpty();
		assertThat(otherBody.json().path("type").stringValue()).endsWith("idempotency-key-reused");
		assertThat(otherUser.status()).isEqualTo(409);
	}

	@Test
	void twoCallersMayUseTheSameKey() {
		Answer mine = send(key, HELLO);
		HttpRequest.Builder theirs = client.post("{\"title\": \"bye\"}")
			.setHeader("Authorization", "Bearer " + RunningApi.OTHER_SENDER_KEY)
			.setHeader("user_id", user)
			.setHeader("application_id", RunningApi.DRIVER)
			.setHeader("Idempotency-Key", key);

		Answer other = client.exchange(theirs);

		assertThat(other.status()).isEqualTo(202);
		assertThat(other.notificationId()).isNotEqualTo(mine.notificationId());
	}

	@Test
	void concurrentDuplicatesOverTwoInstancesAreSentOnce() throws Exception {
		TestDatabase database = Backends.database("idempotency");
		TestBroker broker = Backends.broker();
		try (RunningApi one = RunningApi.start(database, broker, api.tokenStore());
				RunningApi two = RunningApi.start(database, broker, api.tokenStore());
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
			List<ApiClient> clients = List.of(one.client(), two.client());

			for (int round = 0; round < 10; round++) {
				String roundKey = key + round;
				List<Future<Answer>> sent = IntStream.range(0, 20)
					.mapToObj(i -> threads.submit(
							() -> clients.get(i % 2).send(user, RunningApi.DRIVER, HELLO, "Idempotency-Key", roundKey)))
					.toList();

				Answer taken = onlyOneTaken(sent);
				Answer repeated = two.client().send(user, RunningApi.DRIVER, HELLO, "Idempotency-Key", roundKey);
				assertThat(repeated.text()).isEqualTo(taken.text());
				assertThat(one.queues().jobs(RunningApi.DRIVER, Provider.FCM, taken.notificationId())).hasSize(1);
			}
		}
	}

	private static Answer onlyOneTaken(List<Future<Answer>> sent) throws Exception {
		List<Answer> taken = new java.util.ArrayList<>();
		for (Future<Answer> future : sent) {
			Answer answer = future.get();
			if (answer.status() == 202) {
				taken.add(answer);
			}
			else {
				assertThat(answer.status()).as("%s", answer).isEqualTo(409);
				assertThat(answer.header("Retry-After")).contains("1");
				assertThat(answer.json().path("type").stringValue()).endsWith("request-under-way");
			}
		}
		Set<String> ids = taken.stream().map(Answer::notificationId).collect(Collectors.toSet());
		assertThat(ids).as("notifications of one key").hasSize(1);
		return taken.getFirst();
	}

	@Test
	void aRequestThatFailedMayBeRepeatedAtOnceUnderTheSameNotification() throws Exception {
		api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		api.tokenStore().behave(Behaviour.UNAVAILABLE);
		Answer failed = send(key, HELLO);
		api.tokenStore().behave(Behaviour.ANSWERS);

		Answer repeated = Awaitility.await().until(() -> send(key, HELLO), answer -> answer.status() != 409);

		assertThat(failed.status()).isEqualTo(503);
		assertThat(repeated.status()).isEqualTo(202);
		assertThat(jobs(repeated)).isEqualTo(1);
	}

	@Test
	void anAttemptThatDiedIsTakenOverUnderItsNotificationOnceItsLeaseIsOver() throws Exception {
		api.tokenStore().register(user, RunningApi.DRIVER, Provider.FCM);
		Answer done = send(key, HELLO);
		undo(key, Instant.now().plusSeconds(60), Instant.now());

		Answer whileLeased = send(key, HELLO);
		undo(key, Instant.now().minusMillis(1), Instant.now());
		Answer takenOver = send(key, HELLO);

		assertThat(whileLeased.status()).isEqualTo(409);
		assertThat(takenOver.text()).isEqualTo(done.text());
		assertThat(jobs(done)).as("published by both attempts, as the same job").isEqualTo(2);
		assertThat(client.get("/notification/" + done.notificationId()).json().path("books").path("jobs").intValue())
			.isOne();
	}

	@Test
	void aKeyIsForgottenAfterADay() throws Exception {
		Answer first = send(key, HELLO);
		undo(key, Instant.now().minus(Duration.ofHours(25)), Instant.now().minus(Duration.ofHours(25)));

		Answer other = send(key, "{\"title\": \"bye\"}");

		assertThat(other.status()).isEqualTo(202);
		assertThat(other.notificationId()).isNotEqualTo(first.notificationId());
		assertThat(send(key, HELLO).status()).isEqualTo(409);
	}

	@Test
	void refusedRequestsLeaveTheirKeyFree() {
		Answer refused = send(key, "{}");

		Answer corrected = send(key, HELLO);

		assertThat(refused.status()).isEqualTo(400);
		assertThat(corrected.status()).isEqualTo(202);
	}

	private Answer send(String idempotencyKey, String body) {
		return client.send(user, RunningApi.DRIVER, body, "Idempotency-Key", idempotencyKey);
	}

	private int jobs(Answer answer) {
		return api.queues().jobs(RunningApi.DRIVER, Provider.FCM, answer.notificationId()).size();
	}

	/** Leaves the row as an attempt that died leaves it. */
	private void undo(String idempotencyKey, Instant leaseUntil, Instant createdAt) throws SQLException {
		try (Connection connection = api.database().connect();
				PreparedStatement update = connection.prepareStatement(
						"UPDATE idempotency_key SET devices = NULL, lease_until = ?, created_at = ? WHERE request_key = ?")) {
			update.setObject(1, Columns.utc(leaseUntil));
			update.setObject(2, Columns.utc(createdAt));
			update.setString(3, idempotencyKey);
			assertThat(update.executeUpdate()).isOne();
		}
	}

	@Test
	void notificationIdsOfOneKeyAreTheFirstProposed() {
		IdempotencyKeys keys = api.bean(IdempotencyKeys.class);
		IdempotencyKey mine = new IdempotencyKey("sender", key);
		RequestHash hash = RequestHash.of("request");
		NotificationId proposed = NotificationId.create();

		Reservation first = keys.reserve(mine, hash, proposed).join();
		Reservation second = keys.reserve(mine, hash, NotificationId.create()).join();

		assertThat(first).isInstanceOfSatisfying(Reservation.Granted.class, granted -> {
			assertThat(granted.notificationId()).isEqualTo(proposed);
			keys.complete(granted, 3).join();
		});
		assertThat(second).isInstanceOf(Reservation.UnderWay.class);
		assertThat(keys.reserve(mine, hash, NotificationId.create()).join())
			.isEqualTo(new Reservation.Answered(proposed, 3));
	}

}
