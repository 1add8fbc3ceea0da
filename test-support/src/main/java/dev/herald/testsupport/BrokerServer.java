package dev.herald.testsupport;

import java.util.OptionalLong;

/**
 * A RabbitMQ server as it is deployed, to measure on: nothing between it and its clients.
 * {@link #close()} ends it, unless it was given by its address. Safe for use by several
 * threads.
 */
public final class BrokerServer implements AutoCloseable {

	private final RabbitMqServer server;

	private final TestBroker broker;

	private final OptionalLong pid;

	private final Cleanup cleanup;

	BrokerServer(RabbitMqServer server, TestBroker broker, OptionalLong pid, Cleanup cleanup) {
		this.server = server;
		this.broker = broker;
		this.pid = pid;
		this.cleanup = cleanup;
	}

	/** A virtual host of it that is nobody else's. */
	public TestBroker broker() {
		return broker;
	}

	/**
	 * Its first process on this machine, which started all others; empty where it cannot
	 * be seen from here.
	 */
	public OptionalLong pid() {
		return pid;
	}

	/** What it calls its version. */
	public String version() {
		return server.version();
	}

	@Override
	public void close() {
		cleanup.run();
	}

}
