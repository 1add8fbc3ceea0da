package dev.herald.tokenstore.invalidation;

import dev.herald.common.push.TokenInvalidation;
import dev.herald.tokenstore.device.DeviceRows;
import dev.herald.tokenstore.device.TokenHash;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets dead tokens. A token goes only if its registration still holds it and was
 * registered before the verdict: whoever registered since has shown that it lives (Apple,
 * <em>Handling notification responses from APNs</em>, on the timestamp of 410). Taking a
 * verdict twice does no harm.
 */
final class TokenInvalidations {

	private static final String DELETE = """
			DELETE FROM device
			WHERE id = ? AND application_id = ? AND provider = ? AND token_hash = ? AND registered_at < ?
			""";

	/** Whoever locks several rows locks them in the same order. */
	private static final Comparator<TokenInvalidation> IN_LOCKING_ORDER = Comparator
		.comparingLong(verdict -> verdict.registrationId().value());

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	private final InvalidationMetrics metrics;

	TokenInvalidations(JdbcTemplate jdbc, TransactionTemplate transactions, Clock clock, InvalidationMetrics metrics) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
		this.metrics = metrics;
	}

	/**
	 * Takes a batch of verdicts, all or none of them.
	 * @throws org.springframework.dao.DataAccessException if the database is away or the
	 * rows are contended; nothing was changed
	 */
	void take(List<TokenInvalidation> verdicts) {
		List<TokenInvalidation> ordered = verdicts.stream().sorted(IN_LOCKING_ORDER).toList();
		int[] removed = transactions.execute(status -> jdbc.batchUpdate(DELETE, parameters(ordered)));
		for (int i = 0; i < ordered.size(); i++) {
			metrics.taken(ordered.get(i), removed[i] > 0);
		}
	}

	private List<Object[]> parameters(List<TokenInvalidation> verdicts) {
		Instant now = clock.instant();
		List<Object[]> rows = new ArrayList<>(verdicts.size());
		for (TokenInvalidation verdict : verdicts) {
			rows.add(new Object[] { verdict.registrationId().value(), verdict.applicationId().value(),
					verdict.provider().value(), TokenHash.of(verdict.token()),
					DeviceRows.time(bounded(verdict.invalidSince(), now)) });
		}
		return rows;
	}

	/**
	 * A verdict cannot know the future, and the database knows no time far out;
	 * registered times are whole milliseconds.
	 */
	private static Instant bounded(Instant invalidSince, Instant now) {
		Instant past = invalidSince.isAfter(now) ? now : invalidSince;
		return (past.isBefore(Instant.EPOCH) ? Instant.EPOCH : past).truncatedTo(ChronoUnit.MILLIS);
	}

}
