package dev.herald.common.push;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How urgent a push is, to the broker and to the provider alike. */
public enum PushPriority {

	/** At once: wakes the phone, and overtakes the normal ones in Herald's queues. */
	HIGH("high", 5),

	/** When it suits: the provider may hold it to save the phone's battery. */
	NORMAL("normal", 0);

	private final String value;

	private final int messagePriority;

	PushPriority(String value, int messagePriority) {
		this.value = value;
		this.messagePriority = messagePriority;
	}

	/** The name on the wire: lower case. */
	@JsonValue
	public String value() {
		return value;
	}

	/**
	 * The AMQP message priority. A RabbitMQ 4 quorum queue knows two classes, up to 4 and
	 * from 5 (RabbitMQ, <em>Quorum Queues, Priorities</em>).
	 */
	public int messagePriority() {
		return messagePriority;
	}

	/**
	 * @throws IllegalArgumentException if no priority has this name
	 */
	@JsonCreator
	public static PushPriority of(String value) {
		for (PushPriority priority : values()) {
			if (priority.value.equals(value)) {
				return priority;
			}
		}
		throw new IllegalArgumentException("priority must be high or normal, but was \"" + value + "\"");
	}

	@Override
	public String toString() {
		return value;
	}

}
