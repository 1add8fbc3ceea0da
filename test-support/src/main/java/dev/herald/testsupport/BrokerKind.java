package dev.herald.testsupport;

/** What stands behind a {@link TestBroker}. */
public enum BrokerKind {

	/** A RabbitMQ server. */
	RABBITMQ,

	/**
	 * Qpid Broker-J in this JVM, with the limits
	 * {@link dev.herald.embedded.EmbeddedBroker} names.
	 */
	EMBEDDED

}
