package dev.herald.benchmarks.house;

import dev.herald.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the notification API has written of how jobs ended, broadcasts excepted, which it
 * counts. Read from its tables: asking for a hundred thousand notifications by HTTP would
 * be a load of its own.
 */
public final class Ledger {

	private static final String BY_OUTCOME = "SELECT outcome, COUNT(*) FROM delivery GROUP BY outcome";

	private final TestDatabase database;

	Ledger(TestDatabase database) {
		this.database = database;
	}

	/** How many jobs ended in each way, retried ones once. */
	public Map<String, Long> endings() {
		try (Connection connection = database.connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(BY_OUTCOME)) {
			Map<String, Long> endings = new TreeMap<>();
			while (rows.next()) {
				endings.put(rows.getString(1), rows.getLong(2));
			}
			return endings;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("the API's database does not tell how jobs ended", ex);
		}
	}

	/** How many jobs have ended. */
	public long ended() {
		return endings().values().stream().mapToLong(Long::longValue).sum();
	}

}
