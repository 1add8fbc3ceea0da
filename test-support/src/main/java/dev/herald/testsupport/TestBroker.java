package dev.herald.testsupport;

import com.rabbitmq.client.ConnectionFactory;
import dev.herald.common.broker.BrokerExchange;
import dev.herald.common.broker.BrokerQueue;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.embedded.EmbeddedBroker;
import dev.herald.embedded.EmbeddedExchange;
import dev.herald.embedded.EmbeddedQueue;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * A virtual host of a broker, empty and nobody else's. {@link #close()} removes it with
 * its queues; one left open goes when the JVM ends. Safe for use by several threads.
 */
public final class TestBroker implements AutoCloseable {

	private final BrokerAddress address;

	private final String virtualHost;

	private final @Nullable URI managementUri;

	private final @Nullable EmbeddedBroker embedded;

	private final Cleanup cleanup;

	private TestBroker(BrokerAddress address, String virtualHost, @Nullable URI managementUri,
			@Nullable EmbeddedBroker embedded, Cleanup cleanup) {
		this.address = address;
		this.virtualHost = virtualHost;
		this.managementUri = managementUri;
		this.embedded = embedded;
		this.cleanup = cleanup;
	}

	static TestBroker rabbitMq(BrokerAddress address, String virtualHost, URI managementUri, Cleanup cleanup) {
		return new TestBroker(address, virtualHost, managementUri, null, cleanup);
	}

	/**
	 * @param address where clients reach it, which may be a {@link TcpGate}
	 */
	static TestBroker embedded(EmbeddedBroker broker, BrokerAddress address, Cleanup cleanup) {
		return new TestBroker(address, broker.virtualHost(), null, broker, cleanup);
	}

	/** What it runs on. */
	public BrokerKind kind() {
		return embedded == null ? BrokerKind.RABBITMQ : BrokerKind.EMBEDDED;
	}

	/** Where it listens for AMQP 0-9-1. */
	public String host() {
		return address.host();
	}

	/** The port it listens on for AMQP 0-9-1. */
	public int port() {
		return address.port();
	}

	/** A user who may do anything in the virtual host. */
	public String username() {
		return address.username();
	}

	/** The user's password. */
	public String password() {
		return address.password();
	}

	/** The virtual host. */
	public String virtualHost() {
		return virtualHost;
	}

	/**
	 * The address with user, password and virtual host, as RabbitMQ's clients read it.
	 */
	public URI uri() {
		return URI.create("amqp://%s:%s@%s:%d/%s".formatted(encode(username()), encode(password()), host(), port(),
				encode(virtualHost)));
	}

	/**
	 * Where RabbitMQ's management API answers to the same user, for example
	 * {@code http://localhost:15672}. Empty on the embedded broker.
	 */
	public Optional<URI> managementUri() {
		return Optional.ofNullable(managementUri);
	}

	/** A factory of connections to it, without automatic recovery. */
	public ConnectionFactory connectionFactory() {
		ConnectionFactory factory = address.connectionFactory();
		factory.setVirtualHost(virtualHost);
		return factory;
	}

	/**
	 * Readies the broker for an application to declare these exchanges and shared queues.
	 * Creates them on the embedded broker, where a client's queue arguments mean nothing;
	 * does nothing on RabbitMQ, so that the application's own declaration is what is
	 * tested.
	 */
	public void prepare(BrokerTopology topology) {
		if (embedded != null) {
			for (BrokerExchange exchange : topology.exchanges()) {
				embedded.declare(new EmbeddedExchange(exchange.name(), exchange.type()));
			}
			topology.sharedQueues().forEach(this::prepare);
		}
	}

	/** Readies the broker for an application to declare this queue, likewise. */
	public void prepare(BrokerQueue queue) {
		if (embedded != null) {
			embedded.declare(new EmbeddedQueue(queue.name(), queue.arguments()));
		}
	}

	/** Spring Boot's {@code spring.rabbitmq.*} for an application that is to use it. */
	public Map<String, Object> properties() {
		return Map.of("spring.rabbitmq.host", host(), "spring.rabbitmq.port", port(), "spring.rabbitmq.username",
				username(), "spring.rabbitmq.password", password(), "spring.rabbitmq.virtual-host", virtualHost);
	}

	/** Adds {@link #properties()} to those of a Spring test context. */
	public void register(DynamicPropertyRegistry registry) {
		properties().forEach((name, value) -> registry.add(name, () -> value));
	}

	@Override
	public void close() {
		cleanup.run();
	}

	@Override
	public String toString() {
		return "TestBroker[%s %s:%d/%s]".formatted(kind(), host(), port(), virtualHost);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
