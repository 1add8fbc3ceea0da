package dev.herald.api.notification;

import dev.herald.base.coalesce.Coalescer;
import dev.herald.api.sql.Columns;
import dev.herald.api.sql.RowList;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code notification}. */
final class JdbcNotifications implements Notifications {

	static final RowList INSERT = new RowList("""
			INSERT INTO notification (notification_id, user_id, application_id, status, priority, collapse_key,
			  accepted_at, expires_at, content, targets, campaign_id, article_id)
			VALUES %s
			ON DUPLICATE KEY UPDATE status = VALUES(status), accepted_at = VALUES(accepted_at),
			  expires_at = VALUES(expires_at), targets = VALUES(targets)""", "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	static final RowList FIND_SOME = new RowList("""
			SELECT * FROM notification WHERE notification_id IN (%s)""", "?");

	static final String WITHDRAW = """
			UPDATE notification SET status = 'withdrawn' WHERE notification_id = ? AND accepted_at = ?""";

	static final String FIND = """
			SELECT * FROM notification WHERE notification_id = ?""";

	static final String PAGE = """
			SELECT * FROM notification WHERE notification_id < ? AND notification_id >= ?
			ORDER BY notification_id DESC LIMIT ?""";

	/**
	 * MySQL would rather walk the primary key backwards, which for an application that
	 * sends little means past everything the others sent.
	 */
	static final String PAGE_OF_APPLICATION = """
			SELECT * FROM notification USE INDEX (notification_application)
			WHERE application_id = ? AND notification_id < ? AND notification_id >= ?
			ORDER BY notification_id DESC LIMIT ?""";

	static final String PAGE_OF_USER = """
			SELECT * FROM notification USE INDEX (notification_user)
			WHERE user_id = ? AND application_id = ? AND notification_id < ? AND notification_id >= ?
			ORDER BY notification_id DESC LIMIT ?""";

	static final String PAGE_OF_CAMPAIGN = """
			SELECT * FROM notification USE INDEX (notification_campaign)
			WHERE campaign_id = ? AND notification_id < ? AND notification_id >= ?
			ORDER BY notification_id DESC LIMIT ?""";

	static final String APPLICATIONS_OF_USER = """
			SELECT application_id FROM notification WHERE user_id = ? GROUP BY application_id""";

	static final String DELETE = """
			DELETE FROM notification WHERE notification_id < ? LIMIT ?""";

	private static final String EVERY_APPLICATION = "*";

	private final JdbcTemplate api;

	private final JdbcClient queries;

	private final JdbcTemplate worker;

	private final Coalescer<Notification, Notification> inserts;

	private final Coalescer<Withdrawal, Withdrawal> withdrawals;

	JdbcNotifications(JdbcTemplate api, JdbcTemplate worker, Executor executor) {
		this.api = api;
		this.queries = JdbcClient.create(api);
		this.worker = worker;
		this.inserts = new Coalescer<>(Coalescer.Settings.forRequests("keeping notifications", 64, 2, 1024), executor,
				this::insert);
		this.withdrawals = new Coalescer<>(Coalescer.Settings.forRequests("withdrawing notifications", 64, 1, 1024),
				executor, this::markWithdrawn);
	}

	@Override
	public CompletableFuture<?> keep(Notification notification) {
		return inserts.ask(notification);
	}

	private List<Notification> insert(List<Notification> notifications) {
		insert(api, notifications);
		return notifications;
	}

	@Override
	public void keepPairs(List<Notification> notifications) {
		insert(worker, notifications);
	}

	@Override
	public Map<NotificationId, Notification> pairs(Collection<NotificationId> ids) {
		List<byte[]> keys = RowList.fillUp(ids.stream().map(Columns::bytes).toList());
		return worker.query(FIND_SOME.statementFor(ids.size()), JdbcNotifications::read, keys.toArray())
			.stream()
			.collect(Collectors.toMap(Notification::id, Function.identity()));
	}

	private static void insert(JdbcTemplate pool, List<Notification> notifications) {
		// In the order of the key, so that two instances that repeat the same requests
		// cannot wait for each other.
		List<Notification> rows = notifications.stream().sorted(Comparator.comparing(Notification::id)).toList();
		pool.update(INSERT.statementFor(rows.size()), statement -> {
			int parameter = 0;
			for (Notification row : RowList.fillUp(rows)) {
				parameter = bind(statement, parameter, row);
			}
		});
	}

	private static int bind(PreparedStatement statement, int last, Notification row) throws SQLException {
		int parameter = last;
		statement.setBytes(++parameter, Columns.bytes(row.id()));
		statement.setString(++parameter, row.recipient().userId().value());
		statement.setString(++parameter, applicationColumn(row.recipient().applicationId()));
		statement.setString(++parameter, row.status().value());
		statement.setString(++parameter, row.priority().value());
		statement.setString(++parameter, row.collapseKey());
		statement.setObject(++parameter, Columns.utc(row.acceptedAt()));
		statement.setObject(++parameter, Columns.utc(row.expiresAt()));
		statement.setString(++parameter, new String(HeraldJson.write(row.content()), StandardCharsets.UTF_8));
		statement.setString(++parameter, Targets.write(row.targets()));
		statement.setBytes(++parameter, row.campaignId() == null ? null : Columns.bytes(row.campaignId()));
		statement.setString(++parameter, row.articleId());
		return parameter;
	}

	@Override
	public CompletableFuture<?> withdraw(NotificationId id, Instant acceptedAt) {
		return withdrawals.ask(new Withdrawal(id, acceptedAt));
	}

	private List<Withdrawal> markWithdrawn(List<Withdrawal> rows) {
		api.batchUpdate(WITHDRAW, rows, rows.size(), (statement, row) -> {
			statement.setBytes(1, Columns.bytes(row.id));
			statement.setObject(2, Columns.utc(row.acceptedAt));
		});
		return rows;
	}

	@Override
	public Optional<Notification> find(NotificationId id) {
		return queries.sql(FIND).param(Columns.bytes(id)).query(JdbcNotifications::read).optional();
	}

	@Override
	public List<Notification> page(@Nullable UserId user, @Nullable ApplicationId application, IdRange range,
			int limit) {
		if (user == null && application == null) {
			return page(PAGE, range, limit, List.of(List.of()));
		}
		// Each of these is a range of an index that ends where the limit is reached; one
		// condition for all of them is not.
		String statement = user == null ? PAGE_OF_APPLICATION : PAGE_OF_USER;
		List<List<String>> keys = applications(user, application)
			.map(id -> user == null ? List.of(id) : List.of(user.value(), id))
			.toList();
		return page(statement, range, limit, keys).stream()
			.sorted(Comparator.comparing(Notification::id).reversed())
			.limit(limit)
			.toList();
	}

	private Stream<String> applications(@Nullable UserId user, @Nullable ApplicationId application) {
		if (application != null) {
			return Stream.of(application.value(), EVERY_APPLICATION);
		}
		return user == null ? Stream.of()
				: queries.sql(APPLICATIONS_OF_USER)
					.param(user.value())
					.query((row, ignored) -> row.getString(1))
					.list()
					.stream();
	}

	@Override
	public List<Notification> ofCampaign(CampaignId campaign, IdRange range, int limit) {
		return page(PAGE_OF_CAMPAIGN, range, limit, List.of(List.of(Columns.bytes(campaign))));
	}

	/**
	 * The pages of all these keys, by one statement: each way to the database takes its
	 * time.
	 */
	private List<Notification> page(String statement, IdRange range, int limit, List<? extends List<?>> keys) {
		if (keys.isEmpty()) {
			return List.of();
		}
		JdbcClient.StatementSpec query = queries.sql(union(statement, keys.size()));
		for (List<?> key : keys) {
			query.params(key).param(Columns.bytes(range.until())).param(Columns.bytes(range.from())).param(limit);
		}
		return query.query(JdbcNotifications::read).list();
	}

	static String union(String statement, int times) {
		return String.join("\nUNION ALL\n", Collections.nCopies(times, "(" + statement + ")"));
	}

	@Override
	public int deleteBefore(Instant moment, int limit) {
		return worker.update(DELETE, Columns.firstIdAt(moment), limit);
	}

	private static Notification read(ResultSet row, int ignored) throws SQLException {
		String application = row.getString("application_id");
		DeviceQuery recipient = new DeviceQuery(new UserId(row.getString("user_id")),
				EVERY_APPLICATION.equals(application) ? null : new ApplicationId(application));
		return new Notification(Columns.notificationId(row, "notification_id"), recipient,
				NotificationStatus.of(row.getString("status")), content(row.getString("content")),
				PushPriority.of(row.getString("priority")), row.getString("collapse_key"),
				Columns.instant(row, "accepted_at"), Columns.instant(row, "expires_at"),
				Targets.read(row.getString("targets")), Columns.campaignId(row, "campaign_id"),
				row.getString("article_id"));
	}

	private static PushContent content(String json) {
		return HeraldJson.read(json.getBytes(StandardCharsets.UTF_8), PushContent.class);
	}

	private static String applicationColumn(@Nullable ApplicationId application) {
		return application == null ? EVERY_APPLICATION : application.value();
	}

	private record Withdrawal(NotificationId id, Instant acceptedAt) {
	}

}
