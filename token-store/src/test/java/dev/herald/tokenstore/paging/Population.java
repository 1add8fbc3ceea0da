package dev.herald.tokenstore.paging;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Fills the table with devices that differ in what a filter looks at. */
final class Population {

	static final LocalDateTime EPOCH = LocalDateTime.of(2026, 1, 1, 0, 0);

	/** The pool's time limits are for requests. */
	private static final int AT_ONCE = 2000;

	private static final String INSERT = """
			INSERT INTO device (application_id, user_id, device_id, provider, token, token_hash, environment, locale,
			  app_version, registered_at, last_seen_at)
			VALUES (?, ?, ?, ?, ?, ?, 'production', ?, ?, ?, ?)
			""";

	private final JdbcTemplate database;

	private final List<Object[]> rows = new ArrayList<>();

	Population(JdbcTemplate database) {
		this.database = database;
	}

	/**
	 * One more.
	 * @param seenAfter how many minutes after {@link #EPOCH} it was seen
	 */
	Population add(String application, String provider, @Nullable String locale, @Nullable String version,
			int seenAfter) {
		String name = "p-" + rows.size();
		rows.add(new Object[] { application, name, name, provider, name,
				ByteBuffer.allocate(32).putInt(4, rows.size() + 1).array(), locale, version, EPOCH,
				EPOCH.plusMinutes(seenAfter) });
		return this;
	}

	/** They are all there is. */
	void settle() {
		clear(database);
		for (int from = 0; from < rows.size(); from += AT_ONCE) {
			database.batchUpdate(INSERT, rows.subList(from, Math.min(from + AT_ONCE, rows.size())));
		}
	}

	/** Nobody is there. */
	static void clear(JdbcTemplate database) {
		int deleted = AT_ONCE;
		while (deleted > 0) {
			deleted = database.update("DELETE FROM device LIMIT " + AT_ONCE);
		}
	}

	List<Long> ids(String condition) {
		return database.query("SELECT id FROM device WHERE " + condition + " ORDER BY id",
				(row, ignored) -> row.getLong(1));
	}

}
