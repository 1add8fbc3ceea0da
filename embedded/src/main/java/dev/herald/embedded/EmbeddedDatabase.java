package dev.herald.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * A database inside this JVM that understands the SQL which Herald writes for MySQL: H2
 * in MySQL mode, in memory. It lives until {@link #close()}, whether or not a connection
 * is open. Safe for use by several threads.
 *
 * @see <a href="https://h2database.com/html/features.html#compatibility">H2,
 * Compatibility Modes</a>
 */
public final class EmbeddedDatabase implements AutoCloseable {

	private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");

	private static final String USERNAME = "herald";

	/** Nobody outside this JVM reaches an in-memory database. */
	private static final String PASSWORD = "";

	private final String name;

	private final String jdbcUrl;

	private EmbeddedDatabase(String name, String jdbcUrl) {
		this.name = name;
		this.jdbcUrl = jdbcUrl;
	}

	/**
	 * Opens the database of this name, empty unless it is already open in this JVM.
	 * @param name up to 64 lower-case letters, digits and underscores
	 * @throws IllegalArgumentException if the name is another
	 * @throws IllegalStateException if H2 cannot open it
	 */
	public static EmbeddedDatabase open(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"a database name is 1 to 64 lower-case letters, digits and underscores, but was \"" + name + "\"");
		}
		// Without the delay the tables go with the last connection.
		String url = "jdbc:h2:mem:" + name
				+ ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1";
		EmbeddedDatabase database = new EmbeddedDatabase(name, url);
		database.execute("SELECT 1");
		return database;
	}

	/** The name it was opened with. */
	public String name() {
		return name;
	}

	/** Where a connection pool of this JVM connects to. */
	public String jdbcUrl() {
		return jdbcUrl;
	}

	/** The only user. */
	public String username() {
		return USERNAME;
	}

	/** The user's password: empty. */
	public String password() {
		return PASSWORD;
	}

	/** The class name of the JDBC driver. */
	public String driverClassName() {
		return "org.h2.Driver";
	}

	/**
	 * Closes every connection and forgets every table.
	 * @throws IllegalStateException if H2 refuses
	 */
	@Override
	public void close() {
		execute("SHUTDOWN");
	}

	@Override
	public String toString() {
		return "EmbeddedDatabase[" + jdbcUrl + "]";
	}

	private void execute(String sql) {
		try (Connection connection = DriverManager.getConnection(jdbcUrl, USERNAME, PASSWORD);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("H2 refused " + sql + " on " + jdbcUrl, ex);
		}
	}

}
