package dev.herald.api.delivery;

import dev.herald.api.delivery.Delivery.Job;
import dev.herald.api.sql.Columns;
import dev.herald.api.sql.RowList;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.push.DeliveryOutcome;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code delivery}. */
final class JdbcDeliveries implements Deliveries {

	/**
	 * The rule of {@link Delivery#supersedes}. It reads {@code ended_at} and
	 * {@code outcome}, and MySQL assigns from left to right: these two come last, and
	 * once {@code ended_at} is assigned the rule still says what it said before. H2 reads
	 * {@code (VALUES} as the start of a table, hence the function around it.
	 */
	private static final String IF_IT_COUNTS = """
			CASE WHEN outcome <> 'accepted'
			    AND (ended_at <= VALUES(ended_at) OR LOWER(VALUES(outcome)) = 'accepted') THEN""".trim();

	static final RowList UPSERT = new RowList("""
			INSERT INTO delivery (notification_id, registration_id, device_id, application_id, provider, outcome,
			  reason, provider_message_id, attempts, ended_at)
			VALUES %%s
			ON DUPLICATE KEY UPDATE
			  reason = %1$s VALUES(reason) ELSE reason END,
			  provider_message_id = %1$s VALUES(provider_message_id) ELSE provider_message_id END,
			  attempts = %1$s VALUES(attempts) ELSE attempts END,
			  ended_at = %1$s VALUES(ended_at) ELSE ended_at END,
			  outcome = %1$s VALUES(outcome) ELSE outcome END""".formatted(IF_IT_COUNTS),
			"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	static final RowList KNOWN = new RowList("""
			SELECT notification_id, registration_id, outcome, ended_at FROM delivery
			WHERE (notification_id, registration_id) IN (%s)""", "(?, ?)");

	static final RowList OF_NOTIFICATIONS = new RowList("""
			SELECT * FROM delivery WHERE notification_id IN (%s)""", "?");

	static final RowList OF_JOBS = new RowList("""
			SELECT * FROM delivery WHERE (notification_id, registration_id) IN (%s)""", "(?, ?)");

	static final RowList DELETE_JOBS = new RowList("""
			DELETE FROM delivery WHERE (notification_id, registration_id) IN (%s)""", "(?, ?)");

	static final String DELETE = """
			DELETE FROM delivery WHERE notification_id < ? LIMIT ?""";

	private final JdbcTemplate api;

	private final JdbcTemplate worker;

	JdbcDeliveries(JdbcTemplate api, JdbcTemplate worker) {
		this.api = api;
		this.worker = worker;
	}

	@Override
	public Map<NotificationId, List<Delivery>> of(Collection<NotificationId> notifications) {
		if (notifications.isEmpty()) {
			return Map.of();
		}
		List<byte[]> keys = RowList.fillUp(notifications.stream().map(Columns::bytes).toList());
		return api.query(OF_NOTIFICATIONS.statementFor(notifications.size()), JdbcDeliveries::read, keys.toArray())
			.stream()
			.collect(Collectors.groupingBy(delivery -> delivery.job().notificationId()));
	}

	@Override
	public List<Delivery> ofJobs(Collection<Job> jobs) {
		List<Delivery> deliveries = new ArrayList<>();
		for (List<Job> some : RowList.parts(List.copyOf(jobs))) {
			deliveries.addAll(api.query(OF_JOBS.statementFor(some.size()), JdbcDeliveries::read, keys(some)));
		}
		return deliveries;
	}

	private static Object[] keys(List<Job> jobs) {
		return RowList.fillUp(jobs)
			.stream()
			.flatMap(job -> Stream.of(Columns.bytes(job.notificationId()), job.registrationId().value()))
			.toArray();
	}

	@Override
	public List<Change> keep(Collection<Delivery> deliveries) {
		// In the order of the key, so that two instances with the same reports cannot
		// wait
		// for each other.
		List<Delivery> rows = deliveries.stream().sorted(Comparator.comparing(Delivery::job)).toList();
		Map<Job, Known> known = known(rows);
		worker.update(UPSERT.statementFor(rows.size()), statement -> {
			int parameter = 0;
			for (Delivery row : RowList.fillUp(rows)) {
				parameter = bind(statement, parameter, row);
			}
		});
		return changes(rows, known);
	}

	@Override
	public Map<RegistrationId, DeliveryOutcome> supersede(NotificationId notification,
			Collection<RegistrationId> registrations) {
		List<Job> jobs = registrations.stream().map(registration -> new Job(notification, registration)).toList();
		Map<Job, Known> known = knownJobs(jobs);
		if (!known.isEmpty()) {
			worker.update(DELETE_JOBS.statementFor(jobs.size()), keys(jobs));
		}
		Map<RegistrationId, DeliveryOutcome> outcomes = new HashMap<>();
		known.forEach((job, was) -> outcomes.put(job.registrationId(), was.outcome));
		return outcomes;
	}

	private Map<Job, Known> known(List<Delivery> rows) {
		return knownJobs(rows.stream().map(Delivery::job).toList());
	}

	private Map<Job, Known> knownJobs(List<Job> jobs) {
		Map<Job, Known> known = new HashMap<>();
		worker.query(KNOWN.statementFor(jobs.size()), row -> {
			known.put(job(row), new Known(outcome(row), Columns.instant(row, "ended_at")));
		}, keys(jobs));
		return known;
	}

	private static List<Change> changes(List<Delivery> rows, Map<Job, Known> known) {
		List<Change> changes = new ArrayList<>();
		for (Delivery row : rows) {
			Change change = change(row, known.get(row.job()));
			if (change != null) {
				changes.add(change);
			}
		}
		return changes;
	}

	private static @Nullable Change change(Delivery row, @Nullable Known known) {
		if (known == null) {
			return new Change.Ended(row);
		}
		boolean revised = row.outcome() != known.outcome && row.supersedes(known.outcome, known.endedAt);
		return revised ? new Change.Revised(row, known.outcome) : null;
	}

	private static int bind(PreparedStatement statement, int last, Delivery row) throws SQLException {
		int parameter = last;
		statement.setBytes(++parameter, Columns.bytes(row.job().notificationId()));
		statement.setLong(++parameter, row.job().registrationId().value());
		statement.setString(++parameter, row.deviceId().value());
		statement.setString(++parameter, row.applicationId().value());
		statement.setString(++parameter, row.provider().value());
		statement.setString(++parameter, row.outcome().value());
		statement.setString(++parameter, row.reason());
		statement.setString(++parameter, row.providerMessageId());
		statement.setInt(++parameter, row.attempts());
		statement.setObject(++parameter, Columns.utc(row.endedAt()));
		return parameter;
	}

	@Override
	public int deleteBefore(Instant moment, int limit) {
		return worker.update(DELETE, Columns.firstIdAt(moment), limit);
	}

	private static Delivery read(ResultSet row, int ignored) throws SQLException {
		return new Delivery(job(row), new DeviceId(row.getString("device_id")),
				new ApplicationId(row.getString("application_id")), Provider.of(row.getString("provider")),
				outcome(row), row.getString("reason"), row.getString("provider_message_id"), row.getInt("attempts"),
				Columns.instant(row, "ended_at"));
	}

	private static Job job(ResultSet row) throws SQLException {
		return new Job(Columns.notificationId(row, "notification_id"),
				new RegistrationId(row.getLong("registration_id")));
	}

	private static DeliveryOutcome outcome(ResultSet row) throws SQLException {
		return DeliveryOutcome.of(row.getString("outcome"));
	}

	private record Known(DeliveryOutcome outcome, Instant endedAt) {
	}

}
