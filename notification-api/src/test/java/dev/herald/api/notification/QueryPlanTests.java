package dev.herald.api.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.sql.Columns;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import dev.herald.testsupport.RequiresMySql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many rows MySQL touches for an answer, by its own count. */
@RequiresMySql
class QueryPlanTests {

	private static final RunningApi API = RunningApi.shared();

	private static final byte[] NEWEST = Columns.bytes(new NotificationId(new UUID(-1, -1)));

	private static final int USERS = 200;

	private static final int LIMIT = 10;

	private static final String RUN = ApiClient.newUser();

	@BeforeAll
	static void fill() throws SQLException {
		Notifications notifications = API.bean(Notifications.class);
		for (int round = 0; round < 10; round++) {
			List<CompletableFuture<?>> kept = new ArrayList<>();
			IntStream.range(0, USERS * 4).forEach(i -> kept.add(notifications.keep(notification(i))));
			kept.forEach(CompletableFuture::join);
		}
		execute("ANALYZE TABLE notification");
		execute("ANALYZE TABLE delivery");
	}

	private static Notification notification(int number) {
		ApplicationId application = switch (number % 4) {
			case 0 -> null;
			case 1 -> new ApplicationId(RunningApi.DRIVER);
			default -> new ApplicationId(RunningApi.RIDER);
		};
		return new Notification(NotificationId.create(), new DeviceQuery(user(number % USERS), application),
				NotificationStatus.NO_DEVICES, PushContent.of("title", "message", Payload.EMPTY), PushPriority.HIGH,
				null, Instant.now(), Instant.now(), List.of(), null, null);
	}

	private static UserId user(int number) {
		return new UserId(RUN + number);
	}

	@Test
	void aPageOfAUserReadsOnlyWhatItReturns() throws SQLException {
		String user = user(2).value();

		assertReadsOnlyWhatItReturns(JdbcNotifications.PAGE_OF_USER, "notification_user", user, RunningApi.RIDER,
				NEWEST, LIMIT);
	}

	@Test
	void aPageOfAnApplicationReadsOnlyWhatItReturns() throws SQLException {
		assertReadsOnlyWhatItReturns(JdbcNotifications.PAGE_OF_APPLICATION, "notification_application",
				RunningApi.RIDER, NEWEST, LIMIT);
	}

	@Test
	void aPageOfEverythingReadsOnlyWhatItReturns() throws SQLException {
		assertReadsOnlyWhatItReturns(JdbcNotifications.PAGE, "PRIMARY", NEWEST, LIMIT);
	}

	@Test
	void oneNotificationIsOneRow() throws SQLException {
		API.tokenStore().register(RUN, RunningApi.DRIVER, Provider.FCM);
		String id = API.client().sent(RUN, RunningApi.DRIVER).notificationId();

		assertThat(rowsRead(JdbcNotifications.FIND, Columns.bytes(NotificationId.parse(id)))).isEqualTo(new Rows(1, 1));
	}

	@Test
	void theApplicationsOfAUserAreReadFromTheIndexAlone() throws SQLException {
		List<String> plan = plan(JdbcNotifications.APPLICATIONS_OF_USER, user(2).value());

		assertThat(plan.getFirst()).contains("key=notification_user").contains("Using index");
	}

	private static void assertReadsOnlyWhatItReturns(String query, String index, Object... parameters)
			throws SQLException {
		List<String> plan = plan(query, parameters);
		Rows rows = rowsRead(query, parameters);

		assertThat(plan).hasSize(1);
		assertThat(plan.getFirst()).contains("key=" + index).doesNotContain("filesort").doesNotContain("temporary");
		assertThat(rows).isEqualTo(new Rows(LIMIT, LIMIT));
	}

	private static List<String> plan(String query, Object... parameters) throws SQLException {
		try (Connection connection = API.database().connect();
				PreparedStatement explain = prepared(connection, "EXPLAIN FORMAT=TRADITIONAL " + query, parameters);
				ResultSet rows = explain.executeQuery()) {
			List<String> plan = new ArrayList<>();
			while (rows.next()) {
				plan.add("key=%s rows=%s extra=%s".formatted(rows.getString("key"), rows.getString("rows"),
						rows.getString("Extra")));
			}
			return plan;
		}
	}

	private static Rows rowsRead(String query, Object... parameters) throws SQLException {
		try (Connection connection = API.database().connect();
				PreparedStatement statement = prepared(connection, query, parameters)) {
			int before = handlerReads(connection);
			int returned = 0;
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					returned++;
				}
			}
			return new Rows(returned, handlerReads(connection) - before);
		}
	}

	private static PreparedStatement prepared(Connection connection, String query, Object... parameters)
			throws SQLException {
		PreparedStatement statement = connection.prepareStatement(query);
		for (int i = 0; i < parameters.length; i++) {
			statement.setObject(i + 1, parameters[i]);
		}
		return statement;
	}

	/**
	 * MySQL Reference Manual, <em>Server Status Variables</em>. Without
	 * {@code Handler_read_rnd_next}, which SHOW itself raises; a query that scans a table
	 * raises {@code Handler_read_first} too, and reads no index.
	 */
	private static int handlerReads(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read_%'")) {
			int reads = 0;
			while (rows.next()) {
				reads += "Handler_read_rnd_next".equals(rows.getString(1)) ? 0 : rows.getInt(2);
			}
			return reads;
		}
	}

	private static void execute(String sql) throws SQLException {
		try (Connection connection = API.database().connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private record Rows(int returned, int read) {
	}

}
