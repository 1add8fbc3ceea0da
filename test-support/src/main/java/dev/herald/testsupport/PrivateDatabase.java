package dev.herald.testsupport;

/**
 * A {@link TestDatabase} that only one test uses, which may therefore take its server
 * away. On MySQL by Testcontainers it is the server that is stopped, killed or paused; a
 * server given by its address and the embedded one are cut off instead. Either way the
 * address, that of the {@link #network()}, and the data stay. Each call returns when it
 * is done: {@link #start()} when the database answers. {@link #close()} ends it for good.
 */
public final class PrivateDatabase implements AutoCloseable {

	private final TestDatabase database;

	private final Switch server;

	private final TcpGate network;

	private final Cleanup cleanup;

	/** A server of its own. */
	PrivateDatabase(TestDatabase database, Switch server, TcpGate network, Cleanup cleanup) {
		this.database = database;
		this.server = new GatedSwitch(server, network);
		this.network = network;
		this.cleanup = cleanup;
	}

	/** A server that others use too. */
	PrivateDatabase(TestDatabase database, TcpGate network, Cleanup cleanup) {
		this.database = database;
		this.server = network;
		this.network = network;
		this.cleanup = cleanup;
	}

	/** Where it is, whether or not it answers at the moment. */
	public TestDatabase database() {
		return database;
	}

	/** Stops the server: connections break, new ones are refused. */
	public void stop() {
		server.stop();
	}

	/**
	 * Starts the server on the address it had, after {@link #stop()} or {@link #kill()}.
	 */
	public void start() {
		server.start();
		Readiness.await(database);
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

	/** What lies between the database and its clients. Not to be closed or stopped. */
	public TcpGate network() {
		return network;
	}

	@Override
	public void close() {
		cleanup.run();
	}

}
