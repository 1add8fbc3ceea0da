package dev.herald.testsupport;

/**
 * A {@link TestBroker} that only one test uses, which may therefore take its server away.
 * On RabbitMQ by Testcontainers or as a private node it is the server that is stopped,
 * killed or paused; a server given by its address and the embedded one are cut off
 * instead. Either way the address stays, and so does what is durable. Each call returns
 * when it is done: {@link #start()} when the broker accepts connections. {@link #close()}
 * ends it for good.
 */
public final class PrivateBroker implements AutoCloseable {

	private final TestBroker broker;

	private final Switch server;

	private final Cleanup cleanup;

	PrivateBroker(TestBroker broker, Switch server, Cleanup cleanup) {
		this.broker = broker;
		this.server = server;
		this.cleanup = cleanup;
	}

	/** Where it is, whether or not it answers at the moment. */
	public TestBroker broker() {
		return broker;
	}

	/** Stops the server: connections close, new ones are refused. */
	public void stop() {
		server.stop();
	}

	/**
	 * Starts the server on the address it had, after {@link #stop()} or {@link #kill()}.
	 */
	public void start() {
		server.start();
		Readiness.await(broker);
	}

	/** Kills the server, as a power failure does. */
	public void kill() {
		server.kill();
	}

	/** Freezes the server: connections stay, but nothing is answered any more. */
	public void pause() {
		server.pause();
	}

	/** Lets the server go on after {@link #pause()}. */
	public void resume() {
		server.resume();
	}

	@Override
	public void close() {
		cleanup.run();
	}

}
