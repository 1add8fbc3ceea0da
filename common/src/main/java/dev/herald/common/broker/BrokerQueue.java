package dev.herald.common.broker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A durable queue as it is to be declared, and the binding that feeds it.
 *
 * @param arguments the optional arguments of {@code queue.declare}
 * @param binding what feeds it, or null where messages come by the queue's name through
 * the default exchange
 */
public record BrokerQueue(String name, Map<String, Object> arguments, @Nullable Binding binding) {

	public BrokerQueue {
		arguments = Map.copyOf(arguments);
	}

	/**
	 * Feeds a queue from an exchange.
	 *
	 * @param routingKey empty for a fanout exchange
	 */
	public record Binding(String exchange, String routingKey) {
	}

}
