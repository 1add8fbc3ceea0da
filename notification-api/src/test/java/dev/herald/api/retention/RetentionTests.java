package dev.herald.api.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.sql.Columns;
import dev.herald.common.identity.NotificationId;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RetentionTests {

	private final RunningApi api = RunningApi.shared();

	@Test
	void whatIsOlderThanItIsKeptIsForgottenAndNothingElse() throws Exception {
		try (TestDatabase database = Backends.database("retention");
				RunningApi alone = RunningApi.start(database, Backends.broker(), api.tokenStore())) {
			String kept = alone.client().sent(ApiClient.newUser(), RunningApi.RIDER).notificationId();
			alone.client()
				.send(ApiClient.newUser(), RunningApi.RIDER, "{\"title\": \"a\"}", "Idempotency-Key",
						UUID.randomUUID().toString());
			fill(database, Instant.now().minus(Duration.ofDays(31)), 2500);
			fill(database, Instant.now().minus(Duration.ofDays(29)), 10);
			assertThat(counts(database)).isEqualTo("2512 2510 2511");

			try (ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
				Future<?> one = instances.submit(alone.bean(Retention.class));
				Future<?> another = instances.submit(alone.bean(Retention.class));
				one.get();
				another.get();
			}

			assertThat(counts(database)).isEqualTo("12 10 1");
			assertThat(alone.client().get("/notification/" + kept).status()).isEqualTo(200);
		}
	}

	private static void fill(TestDatabase database, Instant created, int rows) throws SQLException {
		try (Connection connection = database.connect()) {
			connection.setAutoCommit(false);
			try (PreparedStatement notification = connection.prepareStatement(
					"INSERT INTO notification VALUES (?, 'u', 'a', 'queued', 'high', NULL, ?, ?, '{}', '', NULL, NULL)");
					PreparedStatement delivery = connection.prepareStatement(
							"INSERT INTO delivery VALUES (?, 1, 'd', 'a', 'fcm', 'accepted', NULL, NULL, 1, ?)");
					PreparedStatement key = connection
						.prepareStatement("INSERT INTO idempotency_key VALUES ('c', ?, ?, ?, 1, ?, ?)")) {
				for (int i = 0; i < rows; i++) {
					byte[] id = Columns.bytes(new NotificationId(new UUID(created.toEpochMilli() << 16, i)));
					add(notification, id, Columns.utc(created), Columns.utc(created));
					add(delivery, id, Columns.utc(created));
					add(key, UUID.randomUUID().toString(), new byte[32], id, Columns.utc(created),
							Columns.utc(created));
				}
				notification.executeBatch();
				delivery.executeBatch();
				key.executeBatch();
			}
			connection.commit();
		}
	}

	private static void add(PreparedStatement statement, Object... values) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
		statement.addBatch();
	}

	private static String counts(TestDatabase database) throws SQLException {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			StringBuilder counts = new StringBuilder();
			for (String table : new String[] { "notification", "delivery", "idempotency_key" }) {
				try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
					rows.next();
					counts.append(rows.getInt(1)).append(' ');
				}
			}
			return counts.toString().strip();
		}
	}

}
