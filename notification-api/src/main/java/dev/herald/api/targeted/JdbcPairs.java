package dev.herald.api.targeted;

import dev.herald.api.sql.Columns;
import dev.herald.api.sql.RowList;
import dev.herald.common.campaign.PairEnding;
import dev.herald.common.campaign.PairReport;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code pair_failure}, and the moments of a targeted push in
 * {@code campaign_books}. On the worker pool and in the caller's transaction there, if it
 * has one, unless said otherwise. Safe for use by many threads.
 */
final class JdbcPairs {

	private static final int MAX_REASON_LENGTH = 512;

	static final RowList FAILURES = new RowList("""
			SELECT notification_id, ending FROM pair_failure WHERE notification_id IN (%s)""", "?");

	static final String INSERT_FAILURE = """
			INSERT INTO pair_failure (notification_id, campaign_id, user_id, application_id, article_id, ending, reason)
			VALUES (?, ?, ?, ?, ?, ?, ?)
			ON DUPLICATE KEY UPDATE notification_id = VALUES(notification_id)""";

	static final RowList DELETE_FAILURES = new RowList("""
			DELETE FROM pair_failure WHERE notification_id IN (%s)""", "?");

	static final String FAILURES_OF_CAMPAIGN = """
			SELECT notification_id, user_id, article_id, ending, reason FROM pair_failure
			WHERE campaign_id = ? AND notification_id > ? ORDER BY notification_id LIMIT ?""";

	static final String NOTE_TAKEN = """
			UPDATE campaign_books SET pairs_taken = ?, pairs_taken_at = ? WHERE campaign_id = ?""";

	static final String NOTE_CHANGED = """
			UPDATE campaign_books SET pairs_changed_at = ? WHERE campaign_id = ?""";

	static final String MOMENTS = """
			SELECT pairs_taken_at, pairs_changed_at FROM campaign_books WHERE campaign_id = ?""";

	static final String FORGET = """
			DELETE FROM pair_failure WHERE notification_id < ? LIMIT ?""";

	private final JdbcTemplate api;

	private final JdbcTemplate worker;

	JdbcPairs(JdbcTemplate api, JdbcTemplate worker) {
		this.api = api;
		this.worker = worker;
	}

	/**
	 * When all posted pairs were taken, and when one was counted last; null before that.
	 */
	record Moments(@Nullable Instant takenAt, @Nullable Instant changedAt) {
	}

	/** How those of the pairs that failed did so. */
	Map<NotificationId, PairEnding> failures(List<NotificationId> pairs) {
		List<byte[]> keys = RowList.fillUp(pairs.stream().map(Columns::bytes).toList());
		Map<NotificationId, PairEnding> failures = new HashMap<>();
		worker.query(FAILURES.statementFor(pairs.size()), row -> {
			failures.put(Columns.notificationId(row, "notification_id"), PairEnding.of(row.getString("ending")));
		}, keys.toArray());
		return failures;
	}

	/** Keeps pairs that failed. */
	void keepFailures(List<PairReport> failed) {
		worker.batchUpdate(INSERT_FAILURE, failed, Math.max(1, failed.size()), (statement, report) -> {
			String reason = report.reason();
			statement.setBytes(1, Columns.bytes(report.notificationId()));
			statement.setBytes(2, Columns.bytes(report.campaignId()));
			statement.setString(3, report.userId().value());
			statement.setString(4, report.applicationId().value());
			statement.setString(5, report.articleId());
			statement.setString(6, report.ending().value());
			statement.setString(7, reason == null || reason.length() <= MAX_REASON_LENGTH ? reason
					: reason.substring(0, MAX_REASON_LENGTH));
		});
	}

	/** Forgets failures of pairs that were sent after all. */
	void deleteFailures(Collection<NotificationId> sent) {
		List<byte[]> keys = RowList.fillUp(sent.stream().map(Columns::bytes).toList());
		worker.update(DELETE_FAILURES.statementFor(sent.size()), keys.toArray());
	}

	/** The pairs of a campaign that failed, on the api pool, by id. */
	List<FailedPair> failuresOf(CampaignId campaign, NotificationId after, int limit) {
		return api.query(FAILURES_OF_CAMPAIGN, JdbcPairs::readFailure, Columns.bytes(campaign), Columns.bytes(after),
				limit);
	}

	private static FailedPair readFailure(ResultSet row, int ignored) throws SQLException {
		return new FailedPair(Columns.notificationId(row, "notification_id"), row.getString("user_id"),
				row.getString("article_id"), row.getString("ending"), row.getString("reason"));
	}

	/** Notes on the api pool that all pairs of a stream were taken. */
	void noteTaken(CampaignId campaign, long taken, Instant now) {
		api.update(NOTE_TAKEN, taken, Columns.utc(now), Columns.bytes(campaign));
	}

	void noteChanged(CampaignId campaign, Instant now) {
		worker.update(NOTE_CHANGED, Columns.utc(now), Columns.bytes(campaign));
	}

	Moments moments(CampaignId campaign) {
		return worker
			.query(MOMENTS,
					(row, ignored) -> new Moments(moment(row, "pairs_taken_at"), moment(row, "pairs_changed_at")),
					Columns.bytes(campaign))
			.stream()
			.findFirst()
			.orElse(new Moments(null, null));
	}

	/** Forgets failures from before the moment; returns how many. */
	int deleteBefore(Instant moment, int limit) {
		return worker.update(FORGET, Columns.firstIdAt(moment), limit);
	}

	private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
		LocalDateTime moment = row.getObject(column, LocalDateTime.class);
		return moment == null ? null : moment.toInstant(ZoneOffset.UTC);
	}

}
