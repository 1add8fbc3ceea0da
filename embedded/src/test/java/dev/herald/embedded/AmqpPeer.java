package dev.herald.embedded;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An application at the other end of the wire: one connection, one channel. */
final class AmqpPeer implements AutoCloseable {

	private final Connection connection;

	private final Channel channel;

	AmqpPeer(EmbeddedBroker broker) throws IOException, TimeoutException {
		this(broker, broker.password());
	}

	AmqpPeer(EmbeddedBroker broker, String password) throws IOException, TimeoutException {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(broker.host());
		factory.setPort(broker.port());
		factory.setUsername(broker.username());
		factory.setPassword(password);
		factory.setVirtualHost(broker.virtualHost());
		factory.setAutomaticRecoveryEnabled(false);
		this.connection = factory.newConnection();
		this.channel = connection.createChannel();
		channel.confirmSelect();
	}

	Channel channel() {
		return channel;
	}

	Connection connection() {
		return connection;
	}

	/** Publishes a persistent message and waits until the broker confirmed it. */
	void publish(String exchange, String routingKey, String body) throws Exception {
		publish(exchange, routingKey, body, 0);
	}

	void publish(String exchange, String routingKey, String body, int priority) throws Exception {
		BasicProperties properties = MessageProperties.PERSISTENT_BASIC.builder().priority(priority).build();
		channel.basicPublish(exchange, routingKey, true, properties, body.getBytes(StandardCharsets.UTF_8));
		channel.waitForConfirmsOrDie(5_000);
	}

	/** Takes and acknowledges the next message of a queue, or null if it is empty. */
	@Nullable String take(String queue) throws IOException {
		GetResponse response = channel.basicGet(queue, true);
		return response == null ? null : new String(response.getBody(), StandardCharsets.UTF_8);
	}

	/** Consumes without acknowledging. */
	BlockingQueue<Delivery> consume(String queue) throws IOException {
		BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
		channel.basicConsume(queue, false, (tag, delivery) -> deliveries.add(delivery), tag -> {
		});
		return deliveries;
	}

	static Delivery next(BlockingQueue<Delivery> deliveries) throws InterruptedException {
		Delivery delivery = deliveries.poll(10, TimeUnit.SECONDS);
		if (delivery == null) {
			throw new AssertionError("no message arrived within 10 s");
		}
		return delivery;
	}

	static String body(Delivery delivery) {
		return new String(delivery.getBody(), StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		if (connection.isOpen()) {
			connection.close();
		}
	}

}
