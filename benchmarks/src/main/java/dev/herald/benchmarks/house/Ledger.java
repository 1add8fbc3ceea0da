package dev.herald.benchmarks.house;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.testsupport.TestDatabase;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the notification API has written of how jobs ended, broadcasts excepted, which it
 * counts. Read from its tables: asking for a hundred thousand notifications by HTTP would
 * be a load of its own.
 */
public final class Ledger {

	private static final String BY_OUTCOME = "SELECT outcome, COUNT(*) FROM delivery GROUP BY outcome";

	private static final String SINCE = "SELECT COUNT(*) FROM delivery WHERE notification_id >= ?";

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

	/** How many jobs have ended of a notification and of all that came after it. */
	public long endedSince(UUID notification) {
		byte[] id = ByteBuffer.allocate(2 * Long.BYTES)
			.putLong(notification.getMostSignificantBits())
			.putLong(notification.getLeastSignificantBits())
			.array();
		try (Connection connection = database.connect();
				PreparedStatement statement = connection.prepareStatement(SINCE)) {
			statement.setBytes(1, id);
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				return rows.getLong(1);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("the API's database does not tell how many jobs ended", ex);
		}
	}

	/**
	 * Ends the benchmark unless every job that was taken was accepted. A request whose
	 * confirmation came too late was refused and may have been sent all the same.
	 * @param taken how many jobs were promised with 202
	 * @param refused how many jobs the requests had that were answered with anything else
	 * @throws BenchmarkFailedException if they do not balance
	 */
	public void requireAccepted(long taken, long refused) {
		Map<String, Long> endings = endings();
		long accepted = endings.getOrDefault("accepted", 0L);
		BenchmarkFailedException.require(endings.size() == 1 && accepted >= taken && accepted <= taken + refused,
				"%,d jobs must have been accepted, at most %,d more whose request was refused, and nothing else"
					.formatted(taken, refused),
				endings);
	}

	/** How many jobs have ended. */
	public long ended() {
		return endings().values().stream().mapToLong(Long::longValue).sum();
	}

}
