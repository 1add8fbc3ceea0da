package dev.herald.base.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.herald.base.backends.RealRabbitMq;
import dev.herald.base.backends.TcpProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/**
 * A virtual host of a real RabbitMQ: a way in for what is tested, which can be cut and
 * frozen, and another for looking at it from outside.
 */
final class TestBroker implements AutoCloseable {

	private static final BrokerTransport TRANSPORT = new BrokerTransport();

	private final String virtualHost = RealRabbitMq.virtualHost();

	private final TcpProxy proxy = new TcpProxy(RealRabbitMq.rabbit().getHost(), RealRabbitMq.rabbit().getAmqpPort());

	private final Connection observer;

	private final Channel channel;

	private final List<CachingConnectionFactory> factories = new ArrayList<>();

	TestBroker() throws IOException, TimeoutException {
		this.observer = RealRabbitMq.client(virtualHost).newConnection("observer");
		this.channel = observer.createChannel();
	}

	TcpProxy proxy() {
		return proxy;
	}

	/** Connections through the proxy, with settings like a service's. */
	CachingConnectionFactory connections() {
		com.rabbitmq.client.ConnectionFactory client = RealRabbitMq.client(virtualHost);
		client.setHost("127.0.0.1");
		client.setPort(proxy.port());
		client.setConnectionTimeout(1000);
		client.setRequestedHeartbeat(1);
		client.setAutomaticRecoveryEnabled(false);
		TRANSPORT.customize(client);
		CachingConnectionFactory connections = new CachingConnectionFactory(client);
		factories.add(connections);
		return connections;
	}

	void declare(String queue) throws IOException {
		channel.queueDeclare(queue, true, false, false, Map.of());
	}

	void send(String queue, byte[] body, String contentType) throws IOException {
		channel.basicPublish("", queue,
				new AMQP.BasicProperties.Builder().deliveryMode(2).contentType(contentType).build(), body);
	}

	void send(String queue, byte[] body) throws IOException {
		channel.basicPublish("", queue, new AMQP.BasicProperties.Builder().deliveryMode(2).build(), body);
	}

	/** The messages that are ready. */
	long count(String queue) {
		try {
			return channel.messageCount(queue);
		}
		catch (IOException ex) {
			throw new IllegalStateException("queue " + queue, ex);
		}
	}

	/** Takes the next message out of a queue, or null if there is none. */
	@Nullable GetResponse take(String queue) {
		try {
			return channel.basicGet(queue, true);
		}
		catch (IOException ex) {
			throw new IllegalStateException("queue " + queue, ex);
		}
	}

	boolean hasQueue(String queue) throws IOException, TimeoutException {
		try (Channel asking = observer.createChannel()) {
			asking.queueDeclarePassive(queue);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	Channel channel() {
		return channel;
	}

	/**
	 * The broker closes every connection; the one for looking on comes back by itself.
	 */
	void closeConnections() {
		RealRabbitMq.rabbitmqctl("close_all_connections", "--vhost", virtualHost, "--limit", "0", "closed by a test");
	}

	@Override
	public void close() throws IOException {
		factories.forEach(CachingConnectionFactory::destroy);
		proxy.close();
		observer.abort(1000);
	}

}
