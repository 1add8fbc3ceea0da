package dev.herald.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import dev.herald.common.broker.BrokerExchange;
import dev.herald.common.broker.BrokerQueue;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.broker.QueueType;
import dev.herald.common.broker.RetryDelay;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds on whatever broker this machine has. */
class BrokerBackendTests {

	@Test
	void virtualHostsAreEmptyAndApart() throws Exception {
		try (TestBroker one = Backends.broker();
				TestBroker other = Backends.broker();
				Connection connection = connect(one);
				Connection otherConnection = connect(other)) {
			connection.createChannel().queueDeclare("delivery.reports", true, false, false, Map.of());

			assertThat(one.kind()).isEqualTo(Backends.brokerKind());
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> otherConnection.createChannel().queueDeclarePassive("delivery.reports"));
		}
	}

	@Test
	void theUriLeadsThereToo() throws Exception {
		try (TestBroker broker = Backends.broker()) {
			ConnectionFactory factory = new ConnectionFactory();
			factory.setUri(broker.uri());

			try (Connection connection = factory.newConnection()) {
				assertThat(connection.isOpen()).isTrue();
				assertThat(factory.getVirtualHost()).isEqualTo(broker.virtualHost());
			}
		}
	}

	@Test
	void springFindsItByItsProperties() {
		try (TestBroker broker = Backends.broker()) {
			assertThat(broker.properties()).containsEntry("spring.rabbitmq.port", broker.port())
				.containsEntry("spring.rabbitmq.virtual-host", broker.virtualHost())
				.containsOnlyKeys("spring.rabbitmq.host", "spring.rabbitmq.port", "spring.rabbitmq.username",
						"spring.rabbitmq.password", "spring.rabbitmq.virtual-host");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aJobThatWaitedComesBackToTheQueueItCameFrom(QueueType type) throws Exception {
		BrokerTopology topology = new BrokerTopology(type);
		BrokerQueue jobs = topology.jobQueue(new ApplicationId("com.acme.rider"), Provider.FCM);
		try (TestBroker broker = Backends.broker(); Connection connection = connect(broker)) {
			broker.prepare(topology);
			broker.prepare(jobs);
			Channel channel = connection.createChannel();
			declare(channel, topology);
			declare(channel, jobs);

			publish(channel, RetryDelay.ONE_SECOND.exchange(), "com.acme.rider.fcm", "again");

			assertThat(channel.basicGet(jobs.name(), true)).isNull();
			await().untilAsserted(() -> assertThat(take(channel, jobs.name())).isEqualTo("again"));
		}
	}

	@Test
	@RequiresRabbitMq
	void theManagementApiAnswers() {
		try (TestBroker broker = Backends.broker()) {
			URI uri = broker.managementUri().orElseThrow();

			assertThat(new RabbitMqManagement(uri, broker.username(), broker.password()).answers()).isTrue();
		}
	}

	@Test
	void aPrivateBrokerGoesAndComesBackWithWhatIsDurable() throws Exception {
		try (PrivateBroker server = Backends.privateBroker()) {
			TestBroker broker = server.broker();
			Connection open = connect(broker);
			Channel channel = open.createChannel();
			channel.queueDeclare("durable", true, false, false, Map.of());
			publish(channel, "", "durable", "kept");

			server.stop();

			await().until(() -> !open.isOpen());
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> connect(broker).close());
			server.start();

			server.kill();

			assertThatExceptionOfType(IOException.class).isThrownBy(() -> connect(broker).close());
			server.start();
			try (Connection again = connect(broker)) {
				assertThat(take(again.createChannel(), "durable")).isEqualTo("kept");
			}
		}
	}

	@Test
	void aPausedBrokerDoesNotAnswerUntilItGoesOn() throws Exception {
		try (PrivateBroker server = Backends.privateBroker(); Connection connection = connect(server.broker())) {
			Channel channel = connection.createChannel();
			server.pause();

			CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> declareUnchecked(channel));

			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS));
			server.resume();
			assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("late");
		}
	}

	private static Connection connect(TestBroker broker) throws Exception {
		return broker.connectionFactory().newConnection();
	}

	private static void declare(Channel channel, BrokerTopology topology) throws IOException {
		for (BrokerExchange exchange : topology.exchanges()) {
			channel.exchangeDeclare(exchange.name(), exchange.type(), true);
		}
		for (BrokerQueue queue : topology.sharedQueues()) {
			declare(channel, queue);
		}
	}

	private static void declare(Channel channel, BrokerQueue queue) throws IOException {
		channel.queueDeclare(queue.name(), true, false, false, queue.arguments());
		BrokerQueue.Binding binding = queue.binding();
		if (binding != null) {
			channel.queueBind(queue.name(), binding.exchange(), binding.routingKey());
		}
	}

	private static void publish(Channel channel, String exchange, String routingKey, String body) throws Exception {
		channel.confirmSelect();
		channel.basicPublish(exchange, routingKey, true, MessageProperties.PERSISTENT_BASIC,
				body.getBytes(StandardCharsets.UTF_8));
		channel.waitForConfirmsOrDie(10_000);
	}

	private static String take(Channel channel, String queue) throws IOException {
		GetResponse response = channel.basicGet(queue, true);
		return response == null ? "nothing" : new String(response.getBody(), StandardCharsets.UTF_8);
	}

	private static String declareUnchecked(Channel channel) {
		try {
			return channel.queueDeclare("late", true, false, false, Map.of()).getQueue();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
