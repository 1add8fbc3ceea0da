package dev.herald.embedded;

/**
 * A durable exchange of the {@link EmbeddedBroker}.
 *
 * @param name at most 255 bytes, as AMQP 0-9-1 has it
 * @param type {@code direct}, {@code fanout} or {@code topic}
 */
public record EmbeddedExchange(String name, String type) {

	public EmbeddedExchange {
		if (name.isBlank()) {
			throw new IllegalArgumentException(
					"an exchange needs a name, but it was \"" + name + "\": the default exchange is not declared");
		}
		switch (type) {
			case "direct", "fanout", "topic" -> {
			}
			default -> throw new IllegalArgumentException(
					"type of exchange " + name + " must be direct, fanout or topic, but was \"" + type + "\"");
		}
	}

}
