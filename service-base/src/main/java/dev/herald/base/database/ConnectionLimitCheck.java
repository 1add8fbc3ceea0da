package dev.herald.base.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Refuses to start a service whose pools, over all its instances, could ask the server
 * for more connections than it gives: {@code Too many connections} must be found by
 * whoever configures it, not by users under load.
 */
final class ConnectionLimitCheck implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ConnectionLimitCheck.class);

	private final DataSource api;

	private final DataSource worker;

	private final DatabaseProperties database;

	private volatile boolean checked;

	ConnectionLimitCheck(@ApiPool DataSource api, @WorkerPool DataSource worker, DatabaseProperties database) {
		this.api = api;
		this.worker = worker;
		this.database = database;
	}

	@Override
	public void start() {
		checked = true;
		open(api);
		open(worker);
		if (!database.url().startsWith("jdbc:mysql:")) {
			return;
		}
		try (Connection connection = api.getConnection(); Statement statement = connection.createStatement()) {
			var rows = statement.executeQuery("SELECT @@max_connections");
			rows.next();
			check(rows.getInt(1));
		}
		catch (SQLException ex) {
			log.warn("Could not check the server's max_connections: {}", ex.getMessage());
		}
	}

	/**
	 * A pool opens its connections, and shows its metrics, only once it is asked for one.
	 */
	private static void open(DataSource pool) {
		try {
			pool.getConnection().close();
		}
		catch (SQLException ex) {
			log.warn("A pool could not be opened yet: {}", ex.getMessage());
		}
	}

	private void check(int limit) {
		int wanted = (database.api().maximumPoolSize() + database.worker().maximumPoolSize()) * database.instances();
		if (wanted >= limit) {
			throw new IllegalStateException(
					"the pools may open %d connections (api %d + worker %d, times %d instances), but the server's max_connections is %d; lower herald.database.api/worker.maximum-pool-size or raise max_connections"
						.formatted(wanted, database.api().maximumPoolSize(), database.worker().maximumPoolSize(),
								database.instances(), limit));
		}
	}

	/** Before anything takes requests or messages. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public void stop() {
		checked = false;
	}

	@Override
	public boolean isRunning() {
		return checked;
	}

}
