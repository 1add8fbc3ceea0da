package dev.herald.api.targeted;

import dev.herald.api.idempotency.IdempotencyConflictException;
import dev.herald.api.idempotency.IdempotencyKey;
import dev.herald.api.idempotency.IdempotencyKeys;
import dev.herald.api.idempotency.RequestHash;
import dev.herald.api.sql.Columns;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.json.HeraldJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code targeted_request}: streams posted under idempotency keys. An attempt
 * holds a lease and renews it while its stream goes on; one that died is taken over under
 * its campaign, so what it published already counts as the same pairs. Safe for use by
 * many threads.
 */
final class JdbcTargetedRequests {

	/** Longer than a stream may stall, and than clocks may differ. */
	static final Duration LEASE = Duration.ofSeconds(45);

	static final String INSERT_IF_NEW = """
			INSERT INTO targeted_request (caller, request_key, request_hash, campaign_id, lease_until, created_at)
			VALUES (?, ?, ?, ?, ?, ?)
			ON DUPLICATE KEY UPDATE caller = VALUES(caller)""";

	static final String SELECT = """
			SELECT * FROM targeted_request WHERE caller = ? AND request_key = ?""";

	static final String TAKE_OVER = """
			UPDATE targeted_request
			SET request_hash = ?, campaign_id = ?, body_hash = NULL, answer = NULL, lease_until = ?, created_at = ?
			WHERE caller = ? AND request_key = ? AND lease_until = ? AND campaign_id = ?""";

	static final String RENEW = """
			UPDATE targeted_request SET lease_until = ?
			WHERE caller = ? AND request_key = ? AND campaign_id = ? AND answer IS NULL""";

	static final String COMPLETE = """
			UPDATE targeted_request SET body_hash = ?, answer = ?
			WHERE caller = ? AND request_key = ? AND campaign_id = ?""";

	static final String DELETE = """
			DELETE FROM targeted_request WHERE created_at < ? LIMIT ?""";

	private final JdbcTemplate api;

	private final JdbcTemplate worker;

	private final Clock clock;

	JdbcTargetedRequests(JdbcTemplate api, JdbcTemplate worker, Clock clock) {
		this.api = api;
		this.worker = worker;
		this.clock = clock;
	}

	/**
	 * What a stream under a key finds.
	 *
	 * @param campaign the one to publish under
	 * @param bodyHash of the stream that was taken, or null if it is still to be taken
	 * @param answer that was given then
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared as a record
	record Reserved(IdempotencyKey key, CampaignId campaign, byte @Nullable [] bodyHash,
			@Nullable TargetedReceipt answer) {

		/** Whether the stream that was taken was this one. */
		boolean isOf(byte[] sha256) {
			return MessageDigest.isEqual(bodyHash, sha256);
		}

	}

	/**
	 * Reserves the key.
	 * @param hash of all but the body
	 * @throws IdempotencyConflictException if it was used for another request, or is in
	 * use
	 */
	Reserved reserve(IdempotencyKey key, RequestHash hash, CampaignId proposed) {
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
		byte[] bytes = HexFormat.of().parseHex(hash.sha256());
		api.update(INSERT_IF_NEW, key.caller(), key.key(), bytes, Columns.bytes(proposed), Columns.utc(now.plus(LEASE)),
				Columns.utc(now));
		Row row = api.query(SELECT, JdbcTargetedRequests::read, key.caller(), key.key())
			.stream()
			.findFirst()
			.orElseThrow(IdempotencyConflictException::underWay);
		if (row.campaign.equals(proposed)) {
			return new Reserved(key, proposed, null, null);
		}
		if (row.createdAt.isBefore(now.minus(IdempotencyKeys.KEPT))) {
			return takenOver(key, row, bytes, proposed, now, now);
		}
		if (!MessageDigest.isEqual(row.requestHash, bytes)) {
			throw IdempotencyConflictException.otherRequest();
		}
		if (row.answer != null) {
			return new Reserved(key, row.campaign, row.bodyHash, row.answer);
		}
		if (row.leaseUntil.isAfter(now)) {
			throw IdempotencyConflictException.underWay();
		}
		return takenOver(key, row, bytes, row.campaign, row.createdAt, now);
	}

	/** Several may try at once; the row is its own lock, and one of them changes it. */
	private Reserved takenOver(IdempotencyKey key, Row seen, byte[] hash, CampaignId campaign, Instant createdAt,
			Instant now) {
		int changed = api.update(TAKE_OVER, hash, Columns.bytes(campaign), Columns.utc(now.plus(LEASE)),
				Columns.utc(createdAt), key.caller(), key.key(), Columns.utc(seen.leaseUntil),
				Columns.bytes(seen.campaign));
		if (changed == 0) {
			throw IdempotencyConflictException.underWay();
		}
		return new Reserved(key, campaign, null, null);
	}

	/** Says that the stream still goes on. */
	void renew(Reserved reserved) {
		lease(reserved, clock.instant().plus(LEASE));
	}

	/** Lets the next attempt begin at once. */
	void release(Reserved reserved) {
		lease(reserved, clock.instant());
	}

	private void lease(Reserved reserved, Instant until) {
		api.update(RENEW, Columns.utc(until), reserved.key.caller(), reserved.key.key(),
				Columns.bytes(reserved.campaign));
	}

	/** Remembers the answer. */
	void complete(Reserved reserved, byte[] bodyHash, TargetedReceipt answer) {
		api.update(COMPLETE, bodyHash, new String(HeraldJson.write(answer), StandardCharsets.UTF_8),
				reserved.key.caller(), reserved.key.key(), Columns.bytes(reserved.campaign));
	}

	/** Forgets old keys; returns how many. */
	int deleteBefore(Instant moment, int limit) {
		return worker.update(DELETE, Columns.utc(moment), limit);
	}

	@SuppressWarnings("ArrayRecordComponent") // never compared as a record
	private record Row(byte[] requestHash, CampaignId campaign, byte @Nullable [] bodyHash,
			@Nullable TargetedReceipt answer, Instant leaseUntil, Instant createdAt) {
	}

	private static Row read(ResultSet row, int ignored) throws SQLException {
		String answer = row.getString("answer");
		return new Row(row.getBytes("request_hash"),
				Objects.requireNonNull(Columns.campaignId(row, "campaign_id"), "campaign_id is never null"),
				row.getBytes("body_hash"),
				answer == null ? null : HeraldJson.read(answer.getBytes(StandardCharsets.UTF_8), TargetedReceipt.class),
				Columns.instant(row, "lease_until"), Columns.instant(row, "created_at"));
	}

}
