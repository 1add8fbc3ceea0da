package dev.herald.embedded;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An AMQP 0-9-1 broker inside this JVM, on a port of the loopback address: Qpid Broker-J,
 * keeping everything in memory. The application code that runs on RabbitMQ runs on it,
 * with these differences.
 *
 * <ul>
 * <li>Queue arguments ({@code x-message-ttl} and the like) mean nothing when a client
 * declares a queue. What they stand for is therefore {@linkplain #declare(EmbeddedQueue)
 * declared here first}; the client's own declaration then finds the queue and is
 * accepted.
 * <li>A mandatory message without a queue is first refused ({@code basic.nack}) and then
 * returned. RabbitMQ returns it and then confirms it.
 * <li>A message's own {@code expiration}, {@code x-death}, {@code x-delivery-count},
 * delivery limits and length limits cannot be relied on, nor can {@code basic.nack} of
 * several messages at once. A prefetch count is per channel, not per consumer.
 * <li>An expired or rejected message keeps its routing key and priority, but also the
 * exchange it was first published to, where RabbitMQ names the dead-letter exchange.
 * <li>A heartbeat comes as long after the last frame as the client may wait for one,
 * where RabbitMQ sends two in that time: a client that idles is to ask for one far off,
 * or it gives its connection up.
 * <li>A wrong password closes the connection without a word.
 * <li>A message without a priority has 4, where a classic queue of RabbitMQ takes it as
 * 0.
 * </ul>
 *
 * <p>
 * {@link #close()} ends it; until then it holds a few threads and the port. Safe for use
 * by several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {

	private final String username;

	private final String password;

	private final Set<EmbeddedExchange> exchanges = new LinkedHashSet<>();

	private final Set<EmbeddedQueue> queues = new LinkedHashSet<>();

	private @Nullable BrokerProcess process;

	private final int port;

	private EmbeddedBroker(String username, String password) {
		this.username = username;
		this.password = password;
		BrokerProcess started = BrokerProcess.start(username, password, 0);
		this.process = started;
		this.port = started.port();
	}

	/**
	 * Starts a broker on a free port, with a password of its own making. Returns when it
	 * accepts connections.
	 * @throws EmbeddedBrokerException if it does not come up
	 */
	public static EmbeddedBroker start() {
		byte[] secret = new byte[18];
		new SecureRandom().nextBytes(secret);
		return start("herald", Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
	}

	/**
	 * Starts a broker on a free port, with this user. Returns when it accepts
	 * connections.
	 * @throws EmbeddedBrokerException if it does not come up
	 */
	public static EmbeddedBroker start(String username, String password) {
		return new EmbeddedBroker(username, password);
	}

	/** The address it listens on: loopback. */
	public String host() {
		return BrokerProcess.HOST;
	}

	/** The port it listens on, the same from the first start on. */
	public int port() {
		return port;
	}

	/** The only user. */
	public String username() {
		return username;
	}

	/** The user's password. */
	public String password() {
		return password;
	}

	/** The only virtual host. */
	public String virtualHost() {
		return BrokerProcess.VIRTUAL_HOST;
	}

	/**
	 * Creates exchanges, then queues, as {@link #declare(EmbeddedExchange)} and
	 * {@link #declare(EmbeddedQueue)} do.
	 */
	public synchronized void declare(Collection<EmbeddedExchange> newExchanges, Collection<EmbeddedQueue> newQueues) {
		newExchanges.forEach(this::declare);
		newQueues.forEach(this::declare);
	}

	/**
	 * Creates an exchange now and at every {@link #restart()}. One that is there stays as
	 * it is.
	 * @throws EmbeddedBrokerException if the broker refuses
	 * @throws IllegalStateException if the broker is stopped
	 */
	public synchronized void declare(EmbeddedExchange exchange) {
		running().create(exchange);
		exchanges.add(exchange);
	}

	/**
	 * Creates a queue, with what its arguments mean to RabbitMQ, now and at every
	 * {@link #restart()}. Must come before a client declares it; one that is there stays
	 * as it is. The exchange its expired or rejected messages go to must be there. The
	 * queue is reached by its name through the default exchange; other bindings are the
	 * client's to make.
	 * @throws EmbeddedBrokerException if the broker refuses
	 * @throws IllegalArgumentException if an argument cannot be translated and leaving it
	 * out would send messages elsewhere
	 * @throws IllegalStateException if the broker is stopped
	 */
	public synchronized void declare(EmbeddedQueue queue) {
		running().create(queue);
		queues.add(queue);
	}

	/** Closes every connection and loses every message. Does nothing if it is stopped. */
	public synchronized void stop() {
		if (process != null) {
			process.stop();
			process = null;
		}
	}

	/**
	 * Starts a stopped broker on the port it had, with the exchanges and queues declared
	 * here, all empty. What clients declared is gone, bindings included.
	 * @throws EmbeddedBrokerException if it does not come up, for example because the
	 * port was taken since
	 * @throws IllegalStateException if it is running
	 */
	public synchronized void restart() {
		if (process != null) {
			throw new IllegalStateException("the embedded broker is running on port " + port + ": stop it first");
		}
		BrokerProcess started = BrokerProcess.start(username, password, port);
		process = started;
		List.copyOf(exchanges).forEach(started::create);
		List.copyOf(queues).forEach(started::create);
	}

	/** Stops it for good. */
	@Override
	public void close() {
		stop();
	}

	@Override
	public synchronized String toString() {
		return "EmbeddedBroker[%s:%d, %s]".formatted(host(), port, process != null ? "running" : "stopped");
	}

	private BrokerProcess running() {
		if (process == null) {
			throw new IllegalStateException("the embedded broker on port " + port + " is stopped");
		}
		return process;
	}

}
