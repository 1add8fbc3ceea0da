package dev.herald.testsupport;

import java.util.OptionalLong;

/**
 * A MySQL server as it is deployed, to measure on: on disk, and nothing between it and
 * its clients. {@link #close()} ends it, unless it was given by its address. Safe for use
 * by several threads.
 */
public final class DatabaseServer implements AutoCloseable {

	private final MySqlServer server;

	private final OptionalLong pid;

	private final Cleanup cleanup;

	DatabaseServer(MySqlServer server, OptionalLong pid, Cleanup cleanup) {
		this.server = server;
		this.pid = pid;
		this.cleanup = cleanup;
	}

	/**
	 * A fresh database on it.
	 * @param name as for {@link Backends#database(String)}
	 */
	public TestDatabase database(String name) {
		return server.create(name);
	}

	/** Its process on this machine; empty where it cannot be seen from here. */
	public OptionalLong pid() {
		return pid;
	}

	/**
	 * Sets a variable of the server, for everybody and until it ends.
	 * @throws IllegalStateException if it refuses
	 */
	public void set(String variable, long value) {
		server.execute("SET GLOBAL %s = %d".formatted(variable, value));
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
