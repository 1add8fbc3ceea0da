package dev.herald.api.campaign;

import static java.util.stream.Collectors.joining;

import dev.herald.api.sql.Columns;
import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables {@code campaign}, {@code campaign_application} and {@code campaign_books}.
 */
final class JdbcCampaigns implements Campaigns {

	static final String INSERT = """
			INSERT INTO campaign (campaign_id, kind, status, priority, collapse_key, content, filter, ttl_seconds,
			  rate_per_second, ramp_up_seconds, accepted_at, starts_at, started_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON DUPLICATE KEY UPDATE
			  accepted_at = CASE WHEN kind = 'broadcast' THEN VALUES(accepted_at) ELSE accepted_at END""";

	static final String INSERT_APPLICATION = """
			INSERT INTO campaign_application (application_id, campaign_id) VALUES (?, ?)
			ON DUPLICATE KEY UPDATE campaign_id = VALUES(campaign_id)""";

	static final String INSERT_BOOKS = """
			INSERT INTO campaign_books (campaign_id, sampled_at, sampled_ended, per_second, %s)
			VALUES (?, ?, 0, 0, %s)
			ON DUPLICATE KEY UPDATE campaign_id = VALUES(campaign_id)""".formatted(columns().collect(joining(", ")),
			columns().map(column -> "0").collect(joining(", ")));

	static final String WITHDRAW = """
			DELETE FROM campaign WHERE campaign_id = ? AND status = 'scheduled' AND accepted_at = ?""";

	static final String FIND = """
			SELECT * FROM campaign WHERE campaign_id = ?""";

	static final String APPLICATIONS = """
			SELECT application_id FROM campaign_application WHERE campaign_id = ? ORDER BY application_id""";

	static final String BOOKS = """
			SELECT * FROM campaign_books WHERE campaign_id = ?""";

	static final String LOCK_BOOKS = BOOKS + " FOR UPDATE";

	static final String COUNT = """
			UPDATE campaign_books SET %s WHERE campaign_id = ?"""
		.formatted(columns().map(column -> "%1$s = %1$s + ?".formatted(column)).collect(joining(", ")));

	static final String SAMPLE = """
			UPDATE campaign_books SET sampled_at = ?, sampled_ended = ?, per_second = ? WHERE campaign_id = ?""";

	static final String DUE = """
			SELECT campaign_id FROM campaign
			WHERE kind = 'broadcast' AND status = 'scheduled' AND starts_at <= ?
			ORDER BY starts_at LIMIT ?""";

	static final String WITH_STATUS = """
			SELECT campaign_id FROM campaign WHERE kind = ? AND status = ?""";

	static final String OPEN_CHAINS = """
			SELECT COUNT(*) FROM campaign_chain WHERE campaign_id = ? AND finished = FALSE""";

	private static final String PUT_OFF = """
			UPDATE campaign SET starts_at = ? WHERE campaign_id = ? AND status = 'scheduled'""";

	private static final String START = """
			UPDATE campaign SET status = 'running', started_at = ?, ramped_from = ?, ramp_up_seconds = ?
			WHERE campaign_id = ? AND status = 'scheduled'""";

	private static final String PAUSE = """
			UPDATE campaign SET status = 'paused' WHERE campaign_id = ? AND status IN ('scheduled', 'running')""";

	private static final String RESUME = """
			UPDATE campaign
			SET status = CASE WHEN started_at IS NULL THEN 'scheduled' ELSE 'running' END, ramped_from = ?
			WHERE campaign_id = ? AND status = 'paused'""";

	private static final String CANCEL = """
			UPDATE campaign SET status = 'cancelled', ended_at = ?
			WHERE campaign_id = ? AND status IN ('scheduled', 'running', 'paused')""";

	private static final String END = """
			UPDATE campaign SET status = 'ended', ended_at = ? WHERE campaign_id = ? AND status = 'running'""";

	/** The definition first, so that whoever still looks for it finds all or nothing. */
	private static final List<String> DELETES = Stream
		.of("campaign", "campaign_application", "campaign_chain", "campaign_chunk", "campaign_books")
		.map(table -> "DELETE FROM " + table + " WHERE campaign_id < ? LIMIT ?")
		.toList();

	private final JdbcTemplate pool;

	private final TransactionTemplate transactions;

	/**
	 * @param transactions on the same pool
	 */
	JdbcCampaigns(JdbcTemplate pool, TransactionTemplate transactions) {
		this.pool = pool;
		this.transactions = transactions;
	}

	@Override
	public void keep(Campaign campaign) {
		byte[] id = bytes(campaign.id());
		Duration rampUp = campaign.rampUp();
		transactions.executeWithoutResult(transaction -> {
			pool.update(INSERT, id, campaign.kind().value(), campaign.status().value(), campaign.priority().value(),
					campaign.collapseKey(), json(campaign.content()), json(campaign.filter()),
					campaign.ttl().toSeconds(), campaign.ratePerSecond(), rampUp == null ? null : rampUp.toSeconds(),
					Columns.utc(campaign.acceptedAt()), Columns.utc(campaign.startsAt()),
					campaign.startedAt() == null ? null : Columns.utc(campaign.startedAt()));
			pool.update(INSERT_BOOKS, id, Columns.utc(campaign.acceptedAt()));
			for (ApplicationId application : campaign.applications()) {
				pool.update(INSERT_APPLICATION, application.value(), id);
			}
		});
	}

	@Override
	public void withdraw(CampaignId id, Instant acceptedAt) {
		transactions.executeWithoutResult(transaction -> {
			if (pool.update(WITHDRAW, bytes(id), Columns.utc(acceptedAt)) == 1) {
				pool.update("DELETE FROM campaign_books WHERE campaign_id = ?", bytes(id));
				pool.update("DELETE FROM campaign_application WHERE campaign_id = ?", bytes(id));
			}
		});
	}

	@Override
	public Optional<Campaign> find(CampaignId id) {
		List<ApplicationId> applications = pool.query(APPLICATIONS,
				(row, ignored) -> new ApplicationId(row.getString(1)), bytes(id));
		return pool.query(FIND, (row, ignored) -> read(id, applications, row), bytes(id)).stream().findFirst();
	}

	private static Campaign read(CampaignId id, List<ApplicationId> applications, ResultSet row) throws SQLException {
		String content = row.getString("content");
		String filter = row.getString("filter");
		Long rampUp = row.getObject("ramp_up_seconds", Long.class);
		return new Campaign(id, CampaignKind.of(row.getString("kind")), CampaignStatus.of(row.getString("status")),
				applications, PushPriority.of(row.getString("priority")), row.getString("collapse_key"),
				content == null ? null : parsed(content, PushContent.class),
				filter == null ? CampaignFilter.NONE : parsed(filter, CampaignFilter.class),
				Duration.ofSeconds(row.getLong("ttl_seconds")), row.getObject("rate_per_second", Integer.class),
				rampUp == null ? null : Duration.ofSeconds(rampUp), Columns.instant(row, "accepted_at"),
				Columns.instant(row, "starts_at"), moment(row, "started_at"), moment(row, "ramped_from"),
				moment(row, "ended_at"));
	}

	@Override
	public Optional<CampaignBooks> books(CampaignId id) {
		return books(BOOKS, id);
	}

	private Optional<CampaignBooks> books(String query, CampaignId id) {
		return pool.query(query, JdbcCampaigns::readBooks, bytes(id)).stream().findFirst();
	}

	private static CampaignBooks readBooks(ResultSet row, int ignored) throws SQLException {
		Map<CampaignCounter, Long> counts = new EnumMap<>(CampaignCounter.class);
		for (CampaignCounter counter : CampaignCounter.values()) {
			counts.put(counter, row.getLong(counter.column()));
		}
		return new CampaignBooks(counts, Columns.instant(row, "sampled_at"), row.getLong("sampled_ended"),
				row.getDouble("per_second"));
	}

	@Override
	public boolean count(CampaignId id, Function<CampaignBooks, Tally> change) {
		return Boolean.TRUE.equals(transactions.execute(transaction -> {
			Optional<CampaignBooks> books = books(LOCK_BOOKS, id);
			books.map(change).filter(tally -> !tally.isEmpty()).ifPresent(tally -> add(id, tally));
			return books.isPresent();
		}));
	}

	private void add(CampaignId id, Tally tally) {
		List<Object> parameters = new ArrayList<>();
		for (CampaignCounter counter : CampaignCounter.values()) {
			parameters.add(tally.of(counter));
		}
		parameters.add(bytes(id));
		pool.update(COUNT, parameters.toArray());
	}

	@Override
	public void sample(CampaignId id, Instant now, long ended, double perSecond) {
		pool.update(SAMPLE, Columns.utc(now), ended, perSecond, bytes(id));
	}

	@Override
	public List<CampaignId> due(Instant now, int limit) {
		return pool.query(DUE, JdbcCampaigns::id, Columns.utc(now), limit);
	}

	@Override
	public List<CampaignId> withStatus(CampaignKind kind, CampaignStatus status) {
		return pool.query(WITH_STATUS, JdbcCampaigns::id, kind.value(), status.value());
	}

	@Override
	public int openChains(CampaignId id) {
		return pool.query(OPEN_CHAINS, (row, ignored) -> row.getInt(1), bytes(id)).getFirst();
	}

	@Override
	public boolean putOff(CampaignId id, Instant startsAt) {
		return pool.update(PUT_OFF, Columns.utc(startsAt), bytes(id)) == 1;
	}

	@Override
	public boolean start(CampaignId id, Instant now, Duration rampUp) {
		return pool.update(START, Columns.utc(now), Columns.utc(now), rampUp.toSeconds(), bytes(id)) == 1;
	}

	@Override
	public boolean pause(CampaignId id) {
		return pool.update(PAUSE, bytes(id)) == 1;
	}

	@Override
	public boolean resume(CampaignId id, Instant now) {
		return pool.update(RESUME, Columns.utc(now), bytes(id)) == 1;
	}

	@Override
	public boolean cancel(CampaignId id, Instant now) {
		return pool.update(CANCEL, Columns.utc(now), bytes(id)) == 1;
	}

	@Override
	public boolean end(CampaignId id, Instant now) {
		return pool.update(END, Columns.utc(now), bytes(id)) == 1;
	}

	@Override
	public int deleteBefore(Instant moment, int limit) {
		return DELETES.stream()
			.mapToInt(delete -> pool.update(delete, Columns.firstIdAt(moment), limit))
			.max()
			.orElseThrow();
	}

	static byte[] bytes(CampaignId id) {
		return Columns.bytes(id.broadcastNotification());
	}

	private static CampaignId id(ResultSet row, int ignored) throws SQLException {
		return new CampaignId(Columns.notificationId(row, "campaign_id").value());
	}

	private static Stream<String> columns() {
		return Stream.of(CampaignCounter.values()).map(CampaignCounter::column);
	}

	private static @Nullable String json(@Nullable Object value) {
		return value == null ? null : new String(HeraldJson.write(value), StandardCharsets.UTF_8);
	}

	private static <T> T parsed(String json, Class<T> type) {
		return HeraldJson.read(json.getBytes(StandardCharsets.UTF_8), type);
	}

	private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
		LocalDateTime moment = row.getObject(column, LocalDateTime.class);
		return moment == null ? null : moment.toInstant(ZoneOffset.UTC);
	}

}
