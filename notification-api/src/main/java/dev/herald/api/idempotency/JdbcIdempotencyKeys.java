package dev.herald.api.idempotency;

import dev.herald.base.coalesce.Coalescer;
import dev.herald.api.idempotency.Reservation.Answered;
import dev.herald.api.idempotency.Reservation.Granted;
import dev.herald.api.idempotency.Reservation.OtherRequest;
import dev.herald.api.idempotency.Reservation.UnderWay;
import dev.herald.api.sql.Columns;
import dev.herald.api.sql.RowList;
import dev.herald.common.identity.NotificationId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code idempotency_key}. Whoever's proposed notification id stands in the row
 * after an insert that changes nothing where a row is already, has the key.
 */
final class JdbcIdempotencyKeys implements IdempotencyKeys {

	static final RowList INSERT_IF_NEW = new RowList("""
			INSERT INTO idempotency_key (caller, request_key, request_hash, notification_id, devices, lease_until,
			  created_at)
			VALUES %s
			ON DUPLICATE KEY UPDATE caller = VALUES(caller)""", "(?, ?, ?, ?, ?, ?, ?)");

	static final RowList COMPLETE = new RowList("""
			INSERT INTO idempotency_key (caller, request_key, request_hash, notification_id, devices, lease_until,
			  created_at)
			VALUES %s
			ON DUPLICATE KEY UPDATE devices = VALUES(devices)""", "(?, ?, ?, ?, ?, ?, ?)");

	static final RowList SELECT = new RowList("""
			SELECT * FROM idempotency_key WHERE (caller, request_key) IN (%s)""", "(?, ?)");

	static final String TAKE_OVER = """
			UPDATE idempotency_key
			SET request_hash = ?, notification_id = ?, devices = NULL, lease_until = ?, created_at = ?
			WHERE caller = ? AND request_key = ? AND notification_id = ? AND lease_until = ?""";

	static final String RELEASE = """
			UPDATE idempotency_key SET lease_until = ?
			WHERE caller = ? AND request_key = ? AND lease_until = ? AND devices IS NULL""";

	static final String DELETE = """
			DELETE FROM idempotency_key WHERE created_at < ? LIMIT ?""";

	private final JdbcTemplate api;

	private final JdbcTemplate worker;

	private final Clock clock;

	private final Coalescer<Request, Reservation> reservations;

	private final Coalescer<Completion, Completion> completions;

	private final Coalescer<Granted, Granted> releases;

	JdbcIdempotencyKeys(JdbcTemplate api, JdbcTemplate worker, Clock clock, Executor executor) {
		this.api = api;
		this.worker = worker;
		this.clock = clock;
		this.reservations = new Coalescer<>(Coalescer.Settings.forRequests("reserving idempotency keys", 64, 2, 1024),
				executor, this::reserve);
		this.completions = new Coalescer<>(Coalescer.Settings.forRequests("completing idempotency keys", 64, 1, 1024),
				executor, this::markCompleted);
		this.releases = new Coalescer<>(Coalescer.Settings.forRequests("releasing idempotency keys", 64, 1, 1024),
				executor, this::markReleased);
	}

	@Override
	public CompletableFuture<Reservation> reserve(IdempotencyKey key, RequestHash hash, NotificationId proposed) {
		return reservations.ask(new Request(key, hash, proposed));
	}

	@Override
	public CompletableFuture<?> complete(Granted granted, int devices) {
		return completions.ask(new Completion(granted, devices));
	}

	@Override
	public CompletableFuture<?> release(Granted granted) {
		return releases.ask(granted);
	}

	private List<Reservation> reserve(List<Request> requests) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		upsert(INSERT_IF_NEW, requests.stream().map(request -> request.row(now)).toList());
		Map<IdempotencyKey, Row> rows = rows(requests);
		return requests.stream().map(request -> reservation(request, rows.get(request.key), now)).toList();
	}

	private Reservation reservation(Request request, @Nullable Row row, Instant now) {
		if (row == null) {
			// Forgotten between the two statements: it was a day old.
			return new UnderWay();
		}
		if (row.notificationId.equals(request.proposed)) {
			return row.granted();
		}
		if (row.createdAt.isBefore(now.minus(KEPT))) {
			return takeOver(row, request.row(now));
		}
		if (!row.hash.equals(request.hash)) {
			return new OtherRequest();
		}
		if (row.devices != null) {
			return new Answered(row.notificationId, row.devices);
		}
		return row.leaseUntil.isAfter(now) ? new UnderWay() : takeOver(row, row.leasedFrom(now));
	}

	/** Several may try at once; the row is its own lock, and one of them changes it. */
	private Reservation takeOver(Row seen, Row wanted) {
		int changed = api.update(TAKE_OVER, wanted.hash.bytes(), Columns.bytes(wanted.notificationId),
				Columns.utc(wanted.leaseUntil), Columns.utc(wanted.createdAt), seen.key.caller(), seen.key.key(),
				Columns.bytes(seen.notificationId), Columns.utc(seen.leaseUntil));
		return changed == 1 ? wanted.granted() : new UnderWay();
	}

	private Map<IdempotencyKey, Row> rows(List<Request> requests) {
		List<Object> keys = new ArrayList<>();
		for (Request request : RowList.fillUp(requests)) {
			keys.add(request.key.caller());
			keys.add(request.key.key());
		}
		Map<IdempotencyKey, Row> rows = new HashMap<>();
		api.query(SELECT.statementFor(requests.size()), row -> {
			Row read = Row.read(row);
			rows.put(read.key, read);
		}, keys.toArray());
		return rows;
	}

	private List<Completion> markCompleted(List<Completion> completed) {
		Instant now = clock.instant();
		upsert(COMPLETE, completed.stream().map(completion -> completion.row(now)).toList());
		return completed;
	}

	private List<Granted> markReleased(List<Granted> released) {
		Instant now = clock.instant();
		api.batchUpdate(RELEASE, released, released.size(), (statement, granted) -> {
			statement.setObject(1, Columns.utc(now));
			statement.setString(2, granted.key().caller());
			statement.setString(3, granted.key().key());
			statement.setObject(4, Columns.utc(granted.leaseUntil()));
		});
		return released;
	}

	private void upsert(RowList upsert, List<Row> unsorted) {
		// In the order of the key, so that two instances cannot wait for each other.
		List<Row> rows = unsorted.stream().sorted(Comparator.comparing(Row::key)).toList();
		api.update(upsert.statementFor(rows.size()), statement -> {
			int parameter = 0;
			for (Row row : RowList.fillUp(rows)) {
				parameter = row.bind(statement, parameter);
			}
		});
	}

	@Override
	public int deleteBefore(Instant moment, int limit) {
		return worker.update(DELETE, Columns.utc(moment), limit);
	}

	private record Request(IdempotencyKey key, RequestHash hash, NotificationId proposed) {

		Row row(Instant now) {
			return new Row(key, hash, proposed, null, now.plus(LEASE), now);
		}

	}

	private record Completion(Granted granted, int devices) {

		Row row(Instant now) {
			return new Row(granted.key(), granted.hash(), granted.notificationId(), devices, granted.leaseUntil(), now);
		}

	}

	private record Row(IdempotencyKey key, RequestHash hash, NotificationId notificationId, @Nullable Integer devices,
			Instant leaseUntil, Instant createdAt) {

		Granted granted() {
			return new Granted(key, hash, notificationId, leaseUntil);
		}

		Row leasedFrom(Instant now) {
			return new Row(key, hash, notificationId, null, now.plus(LEASE), createdAt);
		}

		int bind(PreparedStatement statement, int last) throws SQLException {
			int parameter = last;
			statement.setString(++parameter, key.caller());
			statement.setString(++parameter, key.key());
			statement.setBytes(++parameter, hash.bytes());
			statement.setBytes(++parameter, Columns.bytes(notificationId));
			statement.setObject(++parameter, devices, Types.INTEGER);
			statement.setObject(++parameter, Columns.utc(leaseUntil));
			statement.setObject(++parameter, Columns.utc(createdAt));
			return parameter;
		}

		static Row read(ResultSet row) throws SQLException {
			return new Row(new IdempotencyKey(row.getString("caller"), row.getString("request_key")),
					RequestHash.of(row.getBytes("request_hash")), Columns.notificationId(row, "notification_id"),
					row.getObject("devices", Integer.class), Columns.instant(row, "lease_until"),
					Columns.instant(row, "created_at"));
		}

	}

}
