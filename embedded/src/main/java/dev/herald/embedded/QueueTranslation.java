package dev.herald.embedded;

import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.server.model.AlternateBinding;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.queue.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Says in Qpid's attributes what a queue's RabbitMQ arguments mean. Declared over AMQP,
 * those arguments would be taken and have no effect.
 *
 * @see <a href=
 * "https://qpid.apache.org/releases/qpid-broker-j-10.1.0/book/Java-Broker-Management-Managing-Queues.html">Qpid
 * Broker-J, Queues</a>
 */
final class QueueTranslation {

	private static final String TYPE = "x-queue-type";

	private static final String TTL = "x-message-ttl";

	private static final String MAX_PRIORITY = "x-max-priority";

	private static final String DEAD_LETTER_EXCHANGE = "x-dead-letter-exchange";

	private static final String DEAD_LETTER_ROUTING_KEY = "x-dead-letter-routing-key";

	/**
	 * A RabbitMQ quorum queue's two classes are Qpid's when it has two: up to 4, from 5.
	 */
	private static final int QUORUM_PRIORITIES = 2;

	/**
	 * With ten, and no other number, Qpid takes a message's priority, 0 to 9, as it is.
	 */
	private static final int ALL_PRIORITIES = 10;

	private QueueTranslation() {
	}

	/**
	 * @return the attributes to create the queue with, its name among them
	 * @throws IllegalArgumentException if an argument has no equivalent and ignoring it
	 * would send messages elsewhere, or has the wrong type
	 */
	static Map<String, Object> attributes(EmbeddedQueue queue) {
		Map<String, Object> attributes = new HashMap<>();
		attributes.put(Queue.NAME, queue.name());
		attributes.put(Queue.DURABLE, true);
		attributes.putAll(priorities(queue));
		attributes.putAll(expiry(queue));
		attributes.putAll(deadLettering(queue));
		return attributes;
	}

	private static Map<String, Object> priorities(EmbeddedQueue queue) {
		if ("quorum".equals(text(queue, TYPE))) {
			return priorityQueue(QUORUM_PRIORITIES);
		}
		return queue.arguments().containsKey(MAX_PRIORITY) ? priorityQueue(ALL_PRIORITIES) : Map.of();
	}

	private static Map<String, Object> priorityQueue(int priorities) {
		return Map.of(Queue.TYPE, "priority", PriorityQueue.PRIORITIES, priorities);
	}

	private static Map<String, Object> expiry(EmbeddedQueue queue) {
		Object value = queue.arguments().get(TTL);
		if (value == null) {
			return Map.of();
		}
		// Qpid reads 0 as unlimited, RabbitMQ as at once.
		if (!(value instanceof Number milliseconds) || milliseconds.longValue() < 1) {
			throw unsupported(queue, TTL, value, "a number of milliseconds from 1");
		}
		return Map.of(Queue.MAXIMUM_MESSAGE_TTL, milliseconds.longValue(), Queue.EXPIRY_POLICY,
				Queue.ExpiryPolicy.ROUTE_TO_ALTERNATE.name());
	}

	private static Map<String, Object> deadLettering(EmbeddedQueue queue) {
		String exchange = text(queue, DEAD_LETTER_EXCHANGE);
		String routingKey = text(queue, DEAD_LETTER_ROUTING_KEY);
		if (exchange == null) {
			return Map.of();
		}
		if (exchange.isEmpty() != (routingKey != null)) {
			throw unsupported(queue, DEAD_LETTER_ROUTING_KEY, routingKey,
					"a queue's name where %s is the default exchange, and none where it is another"
						.formatted(DEAD_LETTER_EXCHANGE));
		}
		return alternate(routingKey == null ? exchange : routingKey);
	}

	/** Routes by the message's own routing key if an exchange has this name. */
	private static Map<String, Object> alternate(String destination) {
		return Map.of(Queue.ALTERNATE_BINDING, Map.of(AlternateBinding.DESTINATION, destination));
	}

	private static @Nullable String text(EmbeddedQueue queue, String argument) {
		Object value = queue.arguments().get(argument);
		if (value == null || value instanceof String) {
			return (String) value;
		}
		throw unsupported(queue, argument, value, "a string");
	}

	private static IllegalArgumentException unsupported(EmbeddedQueue queue, String argument, @Nullable Object value,
			String expected) {
		return new IllegalArgumentException("%s of queue %s must be %s on the embedded broker, but was %s"
			.formatted(argument, queue.name(), expected, value));
	}

}
