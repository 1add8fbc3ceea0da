package dev.herald.tokenstore;

import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.broker.QueueType;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.PrivateDatabase;
import dev.herald.testsupport.TestBroker;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.House;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreClient.Shown;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** A token store whose database goes away and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTests {

	private final PrivateDatabase database = Backends.privateDatabase("tokenstore_outage");

	private final TestBroker broker = Backends.broker();

	private final ConfigurableApplicationContext running;

	private final TokenStoreClient store;

	private final String alice = Fresh.user();

	private final String phone = Fresh.device();

	OutageTests() {
		broker.prepare(new BrokerTopology(QueueType.QUORUM));
		this.running = TokenStore.application()
			.properties(House.properties(database.database(), broker))
			.run("--server.port=0");
		this.store = new TokenStoreClient(running.getEnvironment());
	}

	@AfterAll
	void close() {
		running.close();
		broker.close();
		database.close();
	}

	@Test
	void withoutItsDatabaseItAnswers503AndChangesNothing() {
		Shown before = store.registered(alice, RIDER, phone, Fresh.token());

		database.stop();
		expectUnavailable(() -> store.register(Fresh.user(), RIDER, """
				{"provider": "fcm", "token": "t", "device_id": "%s"}""".formatted(phone)));
		expectUnavailable(() -> store.list(alice, RIDER));
		expectUnavailable(() -> store.logOut(alice, RIDER, phone));
		expectUnavailable(() -> store.internalPost("/internal/devices/lookup", """
				{"queries": [{"user_id": "%s"}]}""".formatted(alice)));
		store.http().get().uri("/livez").exchange().expectStatus().isOk();
		database.start();

		// Not more often: the pool looks only at connections that rested for half a
		// second,
		// unless an error says that one is broken, which H2's do not.
		await().pollInterval(Duration.ofSeconds(1))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(store.devices(alice, RIDER)).containsExactly(before));
	}

	/** The contract is an answer within 2 s. */
	private static void expectUnavailable(Supplier<ResponseSpec> request) {
		long start = System.nanoTime();
		ResponseSpec answer = request.get();
		Duration took = Duration.ofNanos(System.nanoTime() - start);

		answer.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.value("Retry-After", seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
		assertThat(took).isLessThan(Duration.ofSeconds(2));
	}

}
