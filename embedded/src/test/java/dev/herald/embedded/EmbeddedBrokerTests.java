package dev.herald.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.Return;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTests {

	private static final EmbeddedExchange PUSH = new EmbeddedExchange("push", "direct");

	private static final EmbeddedExchange RETRY = new EmbeddedExchange("push.retry.1s", "fanout");

	private static final EmbeddedQueue RETRY_QUEUE = new EmbeddedQueue("push.retry.1s",
			Map.of("x-queue-type", "quorum", "x-message-ttl", 500, "x-dead-letter-exchange", "push",
					"x-dead-letter-strategy", "at-least-once", "x-overflow", "reject-publish"));

	private static EmbeddedBroker broker;

	@BeforeAll
	static void start() {
		broker = EmbeddedBroker.start();
		broker.declare(List.of(PUSH, RETRY), List.of(RETRY_QUEUE));
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Test
	void aConfirmedMessageIsInItsQueue() throws Exception {
		try (AmqpPeer peer = new AmqpPeer(broker)) {
			peer.channel().queueDeclare("delivery.reports", true, false, false, Map.of());

			peer.publish("", "delivery.reports", "report");

			assertThat(peer.take("delivery.reports")).isEqualTo("report");
		}
	}

	@Test
	void aMandatoryMessageWithoutAQueueIsRefusedAndReturned() throws Exception {
		try (AmqpPeer peer = new AmqpPeer(broker)) {
			BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
			peer.channel()
				.addConfirmListener((tag, multiple) -> outcomes.add("ack"), (tag, multiple) -> outcomes.add("nack"));
			peer.channel().addReturnListener((Return returned) -> outcomes.add("return " + returned.getRoutingKey()));

			peer.channel().basicPublish("push", "nobody", true, MessageProperties.PERSISTENT_BASIC, new byte[0]);

			assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isEqualTo("nack");
			assertThat(outcomes.poll(5, TimeUnit.SECONDS)).isEqualTo("return nobody");
		}
	}

	@Test
	void anExpiredMessageGoesWhereItsRoutingKeySays() throws Exception {
		try (AmqpPeer peer = new AmqpPeer(broker)) {
			for (String application : List.of("com.acme.rider.fcm", "com.acme.driver.fcm")) {
				peer.channel().queueDeclare("push." + application, true, false, false, Map.of());
				peer.channel().queueBind("push." + application, "push", application);
			}
			peer.channel().queueBind("push.retry.1s", "push.retry.1s", "");
			BlockingQueue<Delivery> rider = peer.consume("push.com.acme.rider.fcm");

			peer.publish("push.retry.1s", "com.acme.rider.fcm", "again");

			Delivery delivery = AmqpPeer.next(rider);
			assertThat(AmqpPeer.body(delivery)).isEqualTo("again");
			assertThat(delivery.getEnvelope().getRoutingKey()).isEqualTo("com.acme.rider.fcm");
			assertThat(delivery.getProperties().getDeliveryMode()).isEqualTo(2);
			assertThat(peer.take("push.com.acme.driver.fcm")).isNull();
		}
	}

	@Test
	void aClientDeclaresWhatWasDeclaredHere() throws Exception {
		try (AmqpPeer peer = new AmqpPeer(broker)) {
			peer.channel().exchangeDeclare("push", "direct", true);
			peer.channel().exchangeDeclare("push.retry.1s", "fanout", true);

			String name = peer.channel()
				.queueDeclare("push.retry.1s", true, false, false, RETRY_QUEUE.arguments())
				.getQueue();

			assertThat(name).isEqualTo("push.retry.1s");
		}
	}

	@Test
	void anUrgentMessageOvertakesThoseThatWaitInAQuorumQueue() throws Exception {
		broker.declare(new EmbeddedQueue("push.quorum", Map.of("x-queue-type", "quorum", "x-delivery-limit", -1)));
		try (AmqpPeer peer = new AmqpPeer(broker)) {
			peer.publish("", "push.quorum", "promotion", 0);
			peer.publish("", "push.quorum", "news", 4);
			peer.publish("", "push.quorum", "driver is here", 5);

			assertThat(peer.take("push.quorum")).isEqualTo("driver is here");
			assertThat(peer.take("push.quorum")).isEqualTo("promotion");
			assertThat(peer.take("push.quorum")).isEqualTo("news");
		}
	}

	@Test
	void anUrgentMessageOvertakesThoseThatWaitInAClassicQueue() throws Exception {
		broker.declare(new EmbeddedQueue("push.classic", Map.of("x-max-priority", 1)));
		try (AmqpPeer peer = new AmqpPeer(broker)) {
			peer.publish("", "push.classic", "promotion", 0);
			peer.publish("", "push.classic", "driver is here", 1);

			assertThat(peer.take("push.classic")).isEqualTo("driver is here");
			assertThat(peer.take("push.classic")).isEqualTo("promotion");
		}
	}

	@Test
	void noMoreThanThePrefetchCountIsUnacknowledged() throws Exception {
		try (AmqpPeer peer = new AmqpPeer(broker); AmqpPeer observer = new AmqpPeer(broker)) {
			peer.channel().queueDeclare("prefetched", true, false, false, Map.of());
			for (int i = 0; i < 5; i++) {
				peer.publish("", "prefetched", "job " + i);
			}
			peer.channel().basicQos(2);

			BlockingQueue<Delivery> deliveries = peer.consume("prefetched");

			await().until(() -> deliveries.size() == 2);
			assertThat(observer.take("prefetched")).isEqualTo("job 2");
			peer.channel().basicAck(AmqpPeer.next(deliveries).getEnvelope().getDeliveryTag(), false);
			AmqpPeer.next(deliveries);
			assertThat(AmqpPeer.body(AmqpPeer.next(deliveries))).isEqualTo("job 3");
		}
	}

	@Test
	void aReturnedMessageComesAgainHoweverOften() throws Exception {
		try (AmqpPeer peer = new AmqpPeer(broker)) {
			peer.channel().queueDeclare("returned", true, false, false, Map.of());
			peer.publish("", "returned", "job");
			BlockingQueue<Delivery> deliveries = peer.consume("returned");

			for (int i = 0; i < 30; i++) {
				peer.channel().basicNack(AmqpPeer.next(deliveries).getEnvelope().getDeliveryTag(), false, true);
			}

			assertThat(AmqpPeer.next(deliveries).getEnvelope().isRedeliver()).isTrue();
		}
	}

	@Test
	void aRejectedMessageGoesToTheQueueNamedForIt() throws Exception {
		broker.declare(new EmbeddedQueue("poison", Map.of()));
		broker.declare(new EmbeddedQueue("poisoned",
				Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", "poison")));
		try (AmqpPeer peer = new AmqpPeer(broker)) {
			peer.publish("", "poisoned", "unreadable");

			peer.channel()
				.basicNack(AmqpPeer.next(peer.consume("poisoned")).getEnvelope().getDeliveryTag(), false, false);

			await().untilAsserted(() -> assertThat(peer.take("poison")).isEqualTo("unreadable"));
		}
	}

	@Test
	void aWrongPasswordIsRefused() {
		assertThatExceptionOfType(PossibleAuthenticationFailureException.class)
			.isThrownBy(() -> new AmqpPeer(broker, "wrong").close());
	}

	@Test
	void aQueueWhoseDeadLettersHaveNowhereToGoIsRefused() {
		EmbeddedQueue lost = new EmbeddedQueue("lost", Map.of("x-dead-letter-exchange", "no.such.exchange"));

		assertThatExceptionOfType(EmbeddedBrokerException.class).isThrownBy(() -> broker.declare(lost))
			.withMessageContaining("lost")
			.withMessageContaining("no.such.exchange");
	}

	@Test
	void aRestartedBrokerHasItsPortAndQueuesButNoMessages() throws Exception {
		try (EmbeddedBroker mortal = EmbeddedBroker.start("someone", "quo\"ted")) {
			mortal.declare(List.of(PUSH), List.of(new EmbeddedQueue("push.a", Map.of("x-queue-type", "quorum"))));
			int port = mortal.port();
			AmqpPeer before = new AmqpPeer(mortal);
			before.publish("", "push.a", "lost");

			mortal.stop();

			await().until(() -> !before.connection().isOpen());
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new AmqpPeer(mortal).close());
			assertThatIllegalStateException().isThrownBy(() -> mortal.declare(PUSH)).withMessageContaining("stopped");

			mortal.restart();

			assertThat(mortal.port()).isEqualTo(port);
			try (AmqpPeer after = new AmqpPeer(mortal)) {
				after.publish("", "push.a", "kept");
				assertThat(after.take("push.a")).isEqualTo("kept");
				assertThat(after.take("push.a")).isNull();
			}
		}
	}

	@Test
	void aPortTakenMeanwhileIsSaid() throws Exception {
		try (EmbeddedBroker mortal = EmbeddedBroker.start()) {
			mortal.stop();
			try (ServerSocket squatter = new ServerSocket(mortal.port(), 1, InetAddress.getByName(mortal.host()))) {
				assertThatExceptionOfType(EmbeddedBrokerException.class).isThrownBy(mortal::restart)
					.withMessageContaining(Integer.toString(squatter.getLocalPort()));
			}

			mortal.restart();

			new AmqpPeer(mortal).close();
		}
	}

	@Test
	void thePasswordIsNotShown() {
		assertThat(broker.toString()).doesNotContain(broker.password());
	}

}
