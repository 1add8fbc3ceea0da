package dev.herald.testsupport;

/**
 * The state in which RabbitMQ takes no messages because it has no memory left for them,
 * and goes on delivering (RabbitMQ, <em>Memory Threshold and Limit</em>). Each call
 * returns when the broker has been told; publishers are blocked at their next message.
 */
public interface MemoryAlarm {

	/** Raises it. */
	void raise();

	/** Ends it. */
	void clear();

}
