package dev.herald.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * An empty database with a user who may do anything in it and nothing outside.
 * {@link #close()} drops it; one left open goes when the JVM ends. Safe for use by
 * several threads.
 */
public final class TestDatabase implements AutoCloseable {

	private final DatabaseKind kind;

	private final String jdbcUrl;

	private final String username;

	private final String password;

	private final String driverClassName;

	private final Cleanup cleanup;

	TestDatabase(DatabaseKind kind, String jdbcUrl, String username, String password, String driverClassName,
			Cleanup cleanup) {
		this.kind = kind;
		this.jdbcUrl = jdbcUrl;
		this.username = username;
		this.password = password;
		this.driverClassName = driverClassName;
		this.cleanup = cleanup;
	}

	/** What it runs on. */
	public DatabaseKind kind() {
		return kind;
	}

	/** Where to connect, with the driver's settings. */
	public String jdbcUrl() {
		return jdbcUrl;
	}

	/** Its user. */
	public String username() {
		return username;
	}

	/** The user's password. */
	public String password() {
		return password;
	}

	/** The class name of the JDBC driver. */
	public String driverClassName() {
		return driverClassName;
	}

	/** A new connection, which the caller closes. */
	public Connection connect() throws SQLException {
		return DriverManager.getConnection(jdbcUrl, username, password);
	}

	/**
	 * The configuration of a service that is to use it: {@code herald.database.url},
	 * {@code .username}, {@code .password}.
	 */
	public Map<String, Object> properties() {
		return Map.of("herald.database.url", jdbcUrl, "herald.database.username", username, "herald.database.password",
				password);
	}

	/** Adds {@link #properties()} to those of a Spring test context. */
	public void register(DynamicPropertyRegistry registry) {
		properties().forEach((name, value) -> registry.add(name, () -> value));
	}

	@Override
	public void close() {
		cleanup.run();
	}

	/** Says that there is nothing left to drop: the server went with all it had. */
	void abandon() {
		cleanup.abandon();
	}

	@Override
	public String toString() {
		return "TestDatabase[" + jdbcUrl + "]";
	}

}
