package dev.herald.embedded;

import java.util.Map;

/**
 * A durable queue as an application declares it on RabbitMQ. The {@link EmbeddedBroker}
 * translates the arguments to its own; those it has no word for and that change nothing
 * while all is well, such as a delivery limit, are left out.
 *
 * @param name at most 255 bytes, as AMQP 0-9-1 has it
 * @param arguments the optional arguments of {@code queue.declare}, by RabbitMQ's names
 */
public record EmbeddedQueue(String name, Map<String, Object> arguments) {

	public EmbeddedQueue {
		if (name.isBlank()) {
			throw new IllegalArgumentException("a queue needs a name, but it was \"" + name + "\"");
		}
		arguments = Map.copyOf(arguments);
	}

}
