package dev.herald.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedDatabaseTests {

	@Test
	void whatHeraldWritesForMySqlIsUnderstood() throws SQLException {
		try (EmbeddedDatabase database = EmbeddedDatabase.open("dialect")) {
			update(database, """
					CREATE TABLE Device (
					  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
					  token VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
					  seen DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
					  visits INT NOT NULL,
					  UNIQUE KEY device_token (token)
					) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin""");
			String upsert = """
					INSERT INTO device (token, visits) VALUES ('a', %d)
					ON DUPLICATE KEY UPDATE visits = VALUES(visits)""";

			update(database, upsert.formatted(1));
			update(database, upsert.formatted(2));

			assertThat(query(database, "SELECT visits FROM device WHERE token = 'a'")).isEqualTo(2);
		}
	}

	@Test
	void tablesOutliveTheLastConnectionButNotTheDatabase() throws SQLException {
		try (EmbeddedDatabase database = EmbeddedDatabase.open("lifetime")) {
			update(database, "CREATE TABLE t (id INT)");

			assertThat(query(database, "SELECT COUNT(*) FROM t")).isZero();
		}
		try (EmbeddedDatabase reopened = EmbeddedDatabase.open("lifetime")) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> query(reopened, "SELECT COUNT(*) FROM t"));
		}
	}

	@Test
	void databasesOfDifferentNamesKnowNothingOfEachOther() throws SQLException {
		try (EmbeddedDatabase one = EmbeddedDatabase.open("one");
				EmbeddedDatabase other = EmbeddedDatabase.open("other")) {
			update(one, "CREATE TABLE t (id INT)");

			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> query(other, "SELECT COUNT(*) FROM t"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Upper", "a;INIT=RUNSCRIPT FROM 'x'", "a-b" })
	void aNameThatCouldSaySomethingElseInAUrlIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedDatabase.open(name))
			.withMessageContaining('"' + name + '"');
	}

	private static void update(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static int query(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getInt(1);
		}
	}

	private static Connection connect(EmbeddedDatabase database) throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

}
