package dev.herald.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Holds on whatever database this machine has. */
class DatabaseBackendTests {

	@Test
	void databasesAreEmptyAndApart() throws SQLException {
		try (TestDatabase one = Backends.database("apart"); TestDatabase other = Backends.database("apart")) {
			execute(one, "CREATE TABLE device (id BIGINT PRIMARY KEY)");

			execute(other, "CREATE TABLE device (id BIGINT PRIMARY KEY)");

			assertThat(one.kind()).isEqualTo(Backends.databaseKind());
			assertThat(count(other, "device")).isZero();
		}
	}

	@Test
	void aServiceFindsItByItsProperties() {
		try (TestDatabase database = Backends.database("properties")) {
			assertThat(database.properties()).isEqualTo(Map.of("herald.database.url", database.jdbcUrl(),
					"herald.database.username", database.username(), "herald.database.password", database.password()));
		}
	}

	@Test
	void aClosedDatabaseIsGone() throws SQLException {
		TestDatabase database = Backends.database("closed");
		execute(database, "CREATE TABLE device (id BIGINT PRIMARY KEY)");

		database.close();

		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> count(database, "device"));
	}

	@Test
	@RequiresMySql
	void itsUserMayNotLeaveIt() throws SQLException {
		try (TestDatabase one = Backends.database("fenced"); TestDatabase other = Backends.database("fenced")) {
			String otherName = other.jdbcUrl().replaceAll(".*/(\\w+)\\?.*", "$1");

			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(one, "USE " + otherName))
				.withMessageContaining("denied");
		}
	}

	@Test
	@RequiresMySql
	void theSessionIsInUtc() throws SQLException {
		try (TestDatabase database = Backends.database("utc");
				Connection connection = database.connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), NOW())")) {
			rows.next();

			assertThat(rows.getInt(1)).isZero();
		}
	}

	@Test
	void aPrivateDatabaseGoesAndComesBackWithItsData() throws Exception {
		try (PrivateDatabase server = Backends.privateDatabase("outage")) {
			TestDatabase database = server.database();
			execute(database, "CREATE TABLE device (id BIGINT PRIMARY KEY)");
			Connection open = database.connect();

			server.stop();

			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> database.connect().close());
			assertThat(open.isValid(1)).isFalse();
			server.start();
			execute(database, "INSERT INTO device VALUES (1)");

			server.kill();

			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> database.connect().close());
			server.start();
			assertThat(count(database, "device")).isEqualTo(1);
		}
	}

	@Test
	void aPausedDatabaseDoesNotAnswerUntilItGoesOn() throws Exception {
		try (PrivateDatabase server = Backends.privateDatabase("pause")) {
			TestDatabase database = server.database();
			execute(database, "CREATE TABLE device (id BIGINT PRIMARY KEY)");
			server.pause();

			CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> countUnchecked(database));

			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS));
			server.resume();
			assertThat(answer.get(10, TimeUnit.SECONDS)).isZero();
		}
	}

	private static void execute(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static int count(TestDatabase database, String table) throws SQLException {
		try (Connection connection = database.connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
			rows.next();
			return rows.getInt(1);
		}
	}

	private static int countUnchecked(TestDatabase database) {
		try {
			return count(database, "device");
		}
		catch (SQLException ex) {
			throw new AssertionError(ex);
		}
	}

}
