package dev.herald.benchmarks.lookup;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.ChildJvm;
import org.flywaydb.core.Flyway;

/**
 * Fills the table {@code device}, in a process of its own: Flyway does not find
 * migrations in a jar of jars. Rows come without secondary indexes, which are then built
 * by sorting; filled row by row, the index of hashed tokens alone would take hours.
 */
final class DeviceTableMain {

	/** What one statement inserts at most. */
	private static final long BLOCK = 200_000;

	private static final String DIGITS = "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 "
			+ "UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 "
			+ "UNION ALL SELECT 9)";

	/** The numbers from 0 to 199,999. */
	private static final String NUMBERS = "(SELECT a.d + 10*b.d + 100*c.d + 1000*e.d + 10000*f.d + 100000*g.d AS n FROM "
			+ DIGITS + " a, " + DIGITS + " b, " + DIGITS + " c, " + DIGITS + " e, " + DIGITS + " f, "
			+ "(SELECT 0 d UNION ALL SELECT 1) g) numbers";

	private static final String INSERT = """
			INSERT INTO device (application_id, user_id, device_id, provider, token, token_hash, environment,
			  registered_at, last_seen_at)
			SELECT 'com.acme.rider', CONCAT('user-', n DIV 2), CONCAT('device-', n), provider, token,
			  UNHEX(SHA2(token, 256)), 'production', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
			FROM (SELECT n, IF(n MOD 2 = 0, 'fcm', 'apns') AS provider,
			        IF(n MOD 2 = 0, CONCAT(LEFT(SHA2(n, 256), 22), ':APA91b', SHA2(n, 512)), SHA2(n, 256)) AS token
			      FROM (SELECT ? + n AS n FROM %s WHERE n < ? ORDER BY n) some) devices""".formatted(NUMBERS);

	private DeviceTableMain() {
	}

	public static void main(String[] arguments) throws Exception {
		ChildJvm.answer(Order.class, DeviceTableMain::fill);
	}

	private static double fill(Order order) throws SQLException {
		Flyway.configure()
			.dataSource(order.url, order.username, order.password)
			.locations("classpath:db/token-store/common")
			.load()
			.migrate();
		long began = System.nanoTime();
		try (Connection connection = DriverManager.getConnection(order.url, order.username, order.password);
				Statement statement = connection.createStatement()) {
			List<String> keys = secondaryKeys(statement);
			statement.execute("ALTER TABLE device " + keys.stream()
				.map(key -> "DROP KEY " + key.substring(key.indexOf('`'), key.indexOf('`', key.indexOf('`') + 1) + 1))
				.collect(Collectors.joining(", ")));
			insert(connection, order.devices);
			statement.execute(
					"ALTER TABLE device " + keys.stream().map(key -> "ADD " + key).collect(Collectors.joining(", ")));
			statement.execute("ANALYZE TABLE device");
			requireCount(statement, order.devices);
		}
		return (System.nanoTime() - began) / 1e9;
	}

	/** As {@code SHOW CREATE TABLE} writes them: {@code UNIQUE KEY `name` (`column`)}. */
	private static List<String> secondaryKeys(Statement statement) throws SQLException {
		try (ResultSet created = statement.executeQuery("SHOW CREATE TABLE device")) {
			created.next();
			List<String> keys = new ArrayList<>();
			created.getString(2).lines().map(String::strip).forEach(line -> {
				if (line.startsWith("KEY ") || line.startsWith("UNIQUE KEY ")) {
					keys.add(line.endsWith(",") ? line.substring(0, line.length() - 1) : line);
				}
			});
			return keys;
		}
	}

	private static void insert(Connection connection, long devices) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
			for (long from = 0; from < devices; from += BLOCK) {
				insert.setLong(1, from);
				insert.setLong(2, Math.min(BLOCK, devices - from));
				insert.executeUpdate();
			}
		}
	}

	private static void requireCount(Statement statement, long expected) throws SQLException {
		try (ResultSet counted = statement.executeQuery("SELECT COUNT(*) FROM device")) {
			counted.next();
			BenchmarkFailedException.require(counted.getLong(1) == expected,
					"the table must have %,d devices".formatted(expected), counted.getLong(1));
		}
	}

	/**
	 * What is to be filled.
	 *
	 * @param devices a multiple of 1,000
	 */
	record Order(String url, String username, String password, long devices) {
	}

}
