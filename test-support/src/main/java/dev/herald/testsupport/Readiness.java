package dev.herald.testsupport;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits until a server does what a client wants of it. */
final class Readiness {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private Readiness() {
	}

	/**
	 * @throws org.awaitility.core.ConditionTimeoutException if it does not answer in two
	 * minutes, with the last refusal
	 */
	static void await(TestDatabase database) {
		await(database.toString(), () -> database.connect().close());
	}

	static void await(TestBroker broker) {
		await(broker.toString(), () -> connect(broker.connectionFactory()));
	}

	static void await(BrokerAddress broker) {
		await(broker.toString(), () -> connect(broker.connectionFactory()));
	}

	private static void connect(ConnectionFactory factory) throws Exception {
		try (Connection connection = factory.newConnection()) {
			connection.createChannel().close();
		}
	}

	private static void await(String server, ThrowingRunnable attempt) {
		Awaitility.await(server + " to answer")
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(200))
			.untilAsserted(() -> {
				try {
					attempt.run();
				}
				catch (Throwable refusal) {
					throw new AssertionError(refusal.toString(), refusal);
				}
			});
	}

}
