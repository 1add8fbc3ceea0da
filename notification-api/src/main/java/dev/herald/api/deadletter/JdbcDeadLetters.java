package dev.herald.api.deadletter;

import dev.herald.api.sql.Columns;
import dev.herald.api.sql.RowList;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.PushJob;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code dead_letter}. A list of one page, which a person waits for, is read
 * through the pool {@code api}; all else, which may be about millions of rows, goes
 * through the pool {@code worker}.
 */
final class JdbcDeadLetters implements DeadLetters {

	/**
	 * The same dead letter again changes nothing; one of a later time is of a job that
	 * was replayed and given up once more. MySQL assigns from left to right, so the time
	 * that is compared comes last.
	 */
	static final RowList UPSERT = new RowList("""
			INSERT INTO dead_letter (notification_id, registration_id, application_id, provider, reason, letter,
			  given_up_at)
			VALUES %s
			ON DUPLICATE KEY UPDATE
			  reason = CASE WHEN given_up_at <= VALUES(given_up_at) THEN VALUES(reason) ELSE reason END,
			  letter = CASE WHEN given_up_at <= VALUES(given_up_at) THEN VALUES(letter) ELSE letter END,
			  given_up_at = CASE WHEN given_up_at <= VALUES(given_up_at) THEN VALUES(given_up_at)
			    ELSE given_up_at END""", "(?, ?, ?, ?, ?, ?, ?)");

	/** MySQL jumps from group to group here and reads none of their rows. */
	static final String GROUPS = """
			SELECT application_id, provider, reason FROM dead_letter GROUP BY application_id, provider, reason""";

	static final String COUNTS = """
			SELECT application_id, provider, reason, COUNT(*) AS letters FROM dead_letter
			GROUP BY application_id, provider, reason""";

	static final String COUNT_OF_GROUP = """
			SELECT COUNT(*) FROM dead_letter WHERE application_id = ? AND provider = ? AND reason = ?""";

	static final String PAGE = """
			SELECT dead_letter_id FROM dead_letter WHERE dead_letter_id < ?
			ORDER BY dead_letter_id DESC LIMIT ?""";

	static final String PAGE_OF_GROUP = """
			SELECT dead_letter_id FROM dead_letter USE INDEX (dead_letter_group)
			WHERE application_id = ? AND provider = ? AND reason = ? AND dead_letter_id < ?
			ORDER BY dead_letter_id DESC LIMIT ?""";

	static final RowList FIND = new RowList("""
			SELECT dead_letter_id, letter FROM dead_letter WHERE dead_letter_id IN (%s)""", "?");

	static final String NEWEST = """
			SELECT MAX(dead_letter_id) FROM dead_letter""";

	/** What another operator is replaying at this moment is passed over. */
	static final String LOCK = """
			SELECT dead_letter_id, letter FROM dead_letter USE INDEX (dead_letter_group)
			WHERE application_id = ? AND provider = ? AND reason = ? AND dead_letter_id > ? AND dead_letter_id <= ?
			ORDER BY dead_letter_id LIMIT ? FOR UPDATE SKIP LOCKED""";

	static final RowList DELETE = new RowList("""
			DELETE FROM dead_letter WHERE dead_letter_id IN (%s)""", "?");

	static final String DELETE_OLD = """
			DELETE FROM dead_letter WHERE notification_id < ? LIMIT ?""";

	private static final Comparator<PushJob> BY_JOB = Comparator.comparing(PushJob::notificationId)
		.thenComparing(job -> job.device().registrationId().value());

	private final JdbcTemplate api;

	private final JdbcTemplate worker;

	private final TransactionTemplate transactions;

	/**
	 * @param transactions of the pool {@code worker}
	 */
	JdbcDeadLetters(JdbcTemplate api, JdbcTemplate worker, TransactionTemplate transactions) {
		this.api = api;
		this.worker = worker;
		this.transactions = transactions;
	}

	/**
	 * Keeps dead letters; a job that is kept already is kept once, as it was given up
	 * last.
	 * @param letters 1 to {@value RowList#MAX_ROWS}
	 * @throws org.springframework.dao.DataAccessException if they were not kept, or not
	 * all; they may be kept again
	 */
	void keep(List<DeadLetter> letters) {
		List<DeadLetter> rows = onePerJob(letters);
		worker.update(UPSERT.statementFor(rows.size()), statement -> {
			int parameter = 0;
			for (DeadLetter row : RowList.fillUp(rows)) {
				parameter = bind(statement, parameter, row);
			}
		});
	}

	/** In the order of the key, so that two instances cannot wait for each other. */
	private static List<DeadLetter> onePerJob(List<DeadLetter> letters) {
		Map<List<Object>, DeadLetter> byJob = new HashMap<>();
		for (DeadLetter letter : letters) {
			PushJob job = letter.job();
			byJob.merge(List.of(job.notificationId(), job.device().registrationId()), letter,
					(one, other) -> one.givenUpAt().isAfter(other.givenUpAt()) ? one : other);
		}
		return byJob.values().stream().sorted(Comparator.comparing(DeadLetter::job, BY_JOB)).toList();
	}

	private static int bind(PreparedStatement statement, int last, DeadLetter row) throws SQLException {
		PushJob job = row.job();
		int parameter = last;
		statement.setBytes(++parameter, Columns.bytes(job.notificationId()));
		statement.setLong(++parameter, job.device().registrationId().value());
		statement.setString(++parameter, job.device().applicationId().value());
		statement.setString(++parameter, job.device().provider().value());
		statement.setString(++parameter, row.reason());
		statement.setString(++parameter, new String(HeraldJson.write(row), StandardCharsets.UTF_8));
		statement.setObject(++parameter, Columns.utc(row.givenUpAt()));
		return parameter;
	}

	/**
	 * The newest dead letters, newest first.
	 * @param before only those with a lower number
	 * @param limit how many at most, 1 to {@value RowList#MAX_ROWS}
	 */
	List<KeptDeadLetter> page(DeadLetterFilter filter, long before, int limit) {
		List<Long> ids = filter.isEverything() ? api.query(PAGE, JdbcDeadLetters::id, before, limit)
				: groups(filter, api).stream()
					.flatMap(group -> pageOf(group, before, limit).stream())
					.sorted(Comparator.reverseOrder())
					.limit(limit)
					.toList();
		if (ids.isEmpty()) {
			return List.of();
		}
		return api.query(FIND.statementFor(ids.size()), JdbcDeadLetters::read, RowList.fillUp(ids).toArray())
			.stream()
			.sorted(Comparator.comparingLong(KeptDeadLetter::id).reversed())
			.toList();
	}

	private List<Long> pageOf(DeadLetterGroup group, long before, int limit) {
		return api.query(PAGE_OF_GROUP, JdbcDeadLetters::id, group.applicationId().value(), group.provider().value(),
				group.reason(), before, limit);
	}

	/** The groups that there are and that are meant, in a fixed order. */
	List<DeadLetterGroup> groups(DeadLetterFilter filter) {
		return groups(filter, worker);
	}

	private static List<DeadLetterGroup> groups(DeadLetterFilter filter, JdbcTemplate pool) {
		return pool.query(GROUPS, (row, ignored) -> group(row))
			.stream()
			.filter(filter::matches)
			.sorted(Comparator.comparing(DeadLetterGroup::toString))
			.toList();
	}

	/** How many there are of each group that is meant. Reads an entry of each. */
	Map<DeadLetterGroup, Long> count(DeadLetterFilter filter) {
		Map<DeadLetterGroup, Long> counts = new LinkedHashMap<>();
		if (filter.isEverything()) {
			worker.query(COUNTS, row -> {
				counts.put(group(row), row.getLong("letters"));
			});
			return counts;
		}
		for (DeadLetterGroup group : groups(filter)) {
			counts.put(group, Objects.requireNonNull(worker.queryForObject(COUNT_OF_GROUP, Long.class,
					group.applicationId().value(), group.provider().value(), group.reason())));
		}
		return counts;
	}

	/** The number of the newest dead letter, 0 if there is none. */
	long newest() {
		Long newest = worker.queryForObject(NEWEST, Long.class);
		return newest == null ? 0 : newest;
	}

	/**
	 * Hands over the oldest dead letters of a group and removes those that were dealt
	 * with, while nobody else can have them. If the service dies in between, they stay.
	 * @param after only those with a greater number
	 * @param upTo and none with a greater one than this
	 * @param limit how many at most, 1 to {@value RowList#MAX_ROWS}
	 * @param disposal deals with them, never none, and returns the numbers of those that
	 * are to be removed; if it throws, all stay
	 */
	Removal remove(DeadLetterGroup group, long after, long upTo, int limit,
			Function<List<KeptDeadLetter>, Collection<Long>> disposal) {
		return transactions.execute(status -> {
			List<KeptDeadLetter> letters = worker.query(LOCK, JdbcDeadLetters::read, group.applicationId().value(),
					group.provider().value(), group.reason(), after, upTo, limit);
			if (letters.isEmpty()) {
				return new Removal(0, null);
			}
			List<Long> done = List.copyOf(disposal.apply(letters));
			if (!done.isEmpty()) {
				worker.update(DELETE.statementFor(done.size()), RowList.fillUp(done).toArray());
			}
			return new Removal(done.size(), letters.getLast().id());
		});
	}

	/**
	 * What was removed.
	 *
	 * @param last the greatest number that was handed over, or null if there was nothing
	 * to hand over
	 */
	record Removal(int removed, @Nullable Long last) {
	}

	@Override
	public int deleteBefore(Instant moment, int limit) {
		return worker.update(DELETE_OLD, Columns.firstIdAt(moment), limit);
	}

	private static DeadLetterGroup group(ResultSet row) throws SQLException {
		return new DeadLetterGroup(new ApplicationId(row.getString("application_id")),
				Provider.of(row.getString("provider")), row.getString("reason"));
	}

	private static Long id(ResultSet row, int ignored) throws SQLException {
		return row.getLong("dead_letter_id");
	}

	private static KeptDeadLetter read(ResultSet row, int ignored) throws SQLException {
		return new KeptDeadLetter(row.getLong("dead_letter_id"),
				HeraldJson.read(row.getString("letter").getBytes(StandardCharsets.UTF_8), DeadLetter.class));
	}

}
