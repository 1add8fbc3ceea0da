package dev.herald.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.fixture.TokenStoreStandIn;
import dev.herald.api.fixture.TokenStoreStandIn.Behaviour;
import dev.herald.common.identity.Provider;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.PrivateBroker;
import dev.herald.testsupport.PrivateDatabase;
import dev.herald.testsupport.RequiresMySql;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is away is told within two seconds, nothing is accepted, and it is over when it is
 * back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTests {

	private static final Duration LIMIT = Duration.ofSeconds(2);

	private final TokenStoreStandIn tokenStore = new TokenStoreStandIn();

	private final PrivateDatabase database = Backends.privateDatabase("outage");

	private final PrivateBroker broker = Backends.privateBroker();

	private RunningApi api;

	private ApiClient client;

	private String user;

	@BeforeAll
	void start() {
		api = RunningApi.start(database.database(), broker.broker(), tokenStore);
		client = api.client();
	}

	@BeforeEach
	void register() {
		user = ApiClient.newUser();
		tokenStore.register(user, RunningApi.DRIVER, Provider.FCM);
		awaitTaken();
	}

	@AfterAll
	void stop() {
		api.close();
		broker.close();
		database.close();
		tokenStore.close();
	}

	@ParameterizedTest
	@EnumSource(value = Behaviour.class, mode = EnumSource.Mode.EXCLUDE, names = "ANSWERS")
	void aTokenStoreThatDoesNotAnswerAsItShould(Behaviour behaviour) {
		tokenStore.behave(behaviour);
		try {
			assertUnavailable("the token store");
		}
		finally {
			tokenStore.behave(Behaviour.ANSWERS);
		}
		awaitTaken();
	}

	@Test
	void aTokenStoreThatIsStopped() {
		tokenStore.stop();
		try {
			assertUnavailable("the token store");
			assertThat(health("tokenStore")).isEqualTo("DOWN");
			assertThat(client.getWithoutKey("/readyz").status()).as("no reason to take the service away")
				.isEqualTo(200);
		}
		finally {
			tokenStore.start();
		}
		awaitTaken();
	}

	@Test
	void aBrokerThatIsStopped() {
		broker.stop();
		try {
			assertUnavailable("the message broker");
			assertThat(client.get("/notifications?user_id=" + user).status()).as("the past is still shown")
				.isEqualTo(200);
			assertThat(client.getWithoutKey("/readyz").status()).isEqualTo(200);
		}
		finally {
			broker.start();
		}
		awaitTaken();
	}

	@Test
	void aBrokerThatHangs() {
		broker.pause();
		try {
			assertUnavailable("the message broker");
		}
		finally {
			broker.resume();
		}
		awaitTaken();
	}

	@Test
	void aNotificationThatWasNotPublishedIsWithdrawn() {
		String sent = client.sent(user, RunningApi.DRIVER).notificationId();
		broker.pause();
		try {
			assertUnavailable("the message broker");
		}
		finally {
			broker.resume();
		}

		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			var shown = client.get("/notifications?limit=100&user_id=" + user).json().path("notifications");
			assertThat(shown).anySatisfy(one -> assertThat(one.path("status").asString()).isEqualTo("withdrawn"));
			assertThat(shown).filteredOn(one -> one.path("notification_id").asString().equals(sent))
				.singleElement()
				.satisfies(one -> assertThat(one.path("status").asString()).isEqualTo("queued"));
		});
		awaitTaken();
	}

	@Test
	@RequiresMySql
	void aDatabaseThatIsStopped() {
		database.stop();
		try {
			assertUnavailable("the database");
			assertThat(timed(() -> client.get("/notifications?user_id=" + user)).status()).isEqualTo(503);
			assertThat(client.getWithoutKey("/readyz").status()).isEqualTo(200);
		}
		finally {
			database.start();
		}
		awaitTaken();
	}

	@Test
	void aDatabaseThatHangs() {
		database.pause();
		try {
			assertUnavailable("the database");
			assertThat(timed(() -> client.get("/notifications?user_id=" + user)).status()).isEqualTo(503);
		}
		finally {
			database.resume();
		}
		awaitTaken();
	}

	/** One after the other and many at once, with and without an idempotency key. */
	private void assertUnavailable(String what) {
		assertUnavailable(what, timed(this::send));
		assertUnavailable(what, timed(this::sendOnce));
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Answer>> answers = Stream.generate(() -> threads.submit(this::send)).limit(50).toList();
			answers.forEach(answer -> assertUnavailable(what, result(answer)));
		}
	}

	private static Answer result(Future<Answer> answer) {
		try {
			return answer.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new AssertionError(ex);
		}
	}

	private Answer send() {
		return client.send(user, RunningApi.DRIVER, "{\"title\": \"hello\"}");
	}

	private Answer sendOnce() {
		return client.send(user, RunningApi.DRIVER, "{\"title\": \"hello\"}", "Idempotency-Key", ApiClient.newUser());
	}

	private static void assertUnavailable(String what, Answer answer) {
		assertThat(answer.status()).as("%s", answer).isEqualTo(503);
		assertThat(answer.header("Retry-After")).contains("2");
		assertThat(answer.header("Content-Type")).contains("application/problem+json");
		assertThat(answer.json().path("detail").stringValue())
			.isEqualTo(what + " is not available; nothing was accepted");
	}

	/**
	 * The limit is Herald's; a machine that is busy elsewhere gets three attempts at it.
	 */
	private static Answer timed(Supplier<Answer> call) {
		Duration took = Duration.ZERO;
		for (int attempt = 1; attempt <= 3; attempt++) {
			long start = System.nanoTime();
			Answer answer = call.get();
			took = Duration.ofNanos(System.nanoTime() - start);
			if (took.compareTo(LIMIT) < 0) {
				return answer;
			}
		}
		throw new AssertionError("expected an answer within %s, but the last of three took %s".formatted(LIMIT, took));
	}

	private void awaitTaken() {
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
			Answer answer = send();
			assertThat(answer.status()).as("%s", answer).isEqualTo(202);
		});
	}

	private String health(String component) {
		return client.get("/actuator/health", RunningApi.OPERATOR_KEY)
			.json()
			.path("components")
			.path(component)
			.path("status")
			.stringValue();
	}

}
