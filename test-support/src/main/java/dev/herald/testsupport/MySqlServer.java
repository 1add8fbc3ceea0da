package dev.herald.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running MySQL server and the user who creates databases on it.
 *
 * @param settings the driver's, as they follow the question mark of a JDBC URL
 */
record MySqlServer(String host, int port, String settings, String admin, String adminPassword) {

	/**
	 * Times are UTC whatever the machine's zone; statements are prepared once, on the
	 * server; the password may travel without TLS, which is for tests alone.
	 *
	 * @see <a href=
	 * "https://dev.mysql.com/doc/connector-j/en/connector-j-reference-configuration-properties.html">Connector/J,
	 * Configuration Properties</a>
	 */
	static final String SETTINGS = "connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
			+ "&useServerPrepStmts=true&cachePrepStmts=true&allowPublicKeyRetrieval=true";

	private static final Pattern URL = Pattern
		.compile("jdbc:mysql://(?<host>[^/?:,]+)(:(?<port>\\d{1,5}))?(/[^?]*)?(\\?(?<settings>.*))?");

	/**
	 * @param url of any database of the server, such as
	 * {@code jdbc:mysql://localhost:3306/}; its settings are used before those here
	 * @throws IllegalArgumentException if it is no URL of one MySQL server
	 */
	static MySqlServer at(String url, String admin, String adminPassword) {
		Matcher matcher = URL.matcher(url);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"HERALD_TEST_MYSQL_URL must look like jdbc:mysql://host:port/, but was \""
							+ url.replaceFirst("\\?.*", "?…") + "\"");
		}
		String port = matcher.group("port");
		String given = matcher.group("settings");
		return new MySqlServer(matcher.group("host"), port == null ? 3306 : Integer.parseInt(port),
				given == null ? SETTINGS : SETTINGS + "&" + given, admin, adminPassword);
	}

	/** The same server by another way in. */
	MySqlServer at(String otherHost, int otherPort) {
		return new MySqlServer(otherHost, otherPort, settings, admin, adminPassword);
	}

	String version() {
		try (Connection connection = connect()) {
			return connection.getMetaData().getDatabaseProductVersion();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(this + " does not answer: " + ex.getMessage(), ex);
		}
	}

	/** Creates a database with a user of its own; both go with the clean-up. */
	TestDatabase create(String name) {
		return create(name, this);
	}

	/**
	 * Likewise.
	 * @param way how the database's users reach this server
	 */
	TestDatabase create(String name, MySqlServer way) {
		String database = "herald_" + Names.requireName(name) + "_" + Names.random();
		String user = "herald_" + Names.random();
		String password = Names.password();
		execute("CREATE DATABASE " + database, "CREATE USER %s IDENTIFIED BY '%s'".formatted(user, password),
				"GRANT ALL ON `%s`.* TO %s".formatted(database.replace("_", "\\_"), user));
		Cleanup cleanup = Cleanup.of("drop " + database,
				() -> execute("DROP DATABASE IF EXISTS " + database, "DROP USER IF EXISTS " + user));
		return new TestDatabase(DatabaseKind.MYSQL, way.url(database), user, password, "com.mysql.cj.jdbc.Driver",
				cleanup);
	}

	@Override
	public String toString() {
		return admin + "@" + host + ":" + port;
	}

	/** Runs statements as the user who creates databases. */
	void execute(String... statements) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(this + " must be allowed to administer the server, but: " + ex.getMessage(),
					ex);
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(url(""), admin, adminPassword);
	}

	private String url(String database) {
		return "jdbc:mysql://%s:%d/%s?%s".formatted(host, port, database, settings);
	}

}
