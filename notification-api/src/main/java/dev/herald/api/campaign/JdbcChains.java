package dev.herald.api.campaign;

import dev.herald.api.sql.Columns;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code campaign_chain}. */
final class JdbcChains {

	static final String INSERT = """
			INSERT INTO campaign_chain (campaign_id, chain, application_id, provider, range_end, expanded_to, finished,
			  publications, published_at, due_at, claimed_until)
			VALUES (?, ?, ?, ?, ?, ?, FALSE, 0, ?, ?, ?)""";

	static final String FIND = """
			SELECT * FROM campaign_chain WHERE campaign_id = ? AND chain = ?""";

	static final String UNFINISHED = """
			SELECT * FROM campaign_chain WHERE campaign_id = ? AND finished = FALSE ORDER BY chain""";

	static final String PUBLISHED = """
			UPDATE campaign_chain SET publications = publications + 1, published_at = ?
			WHERE campaign_id = ? AND chain = ? AND publications = ?""";

	/** One of those who claim the same page at the same moment changes the row. */
	static final String CLAIM = """
			UPDATE campaign_chain SET claimed_until = ?, due_at = ?, publications = 1, published_at = ?
			WHERE campaign_id = ? AND chain = ? AND expanded_to = ? AND claimed_until = ? AND finished = FALSE""";

	static final String MOVE = """
			UPDATE campaign_chain SET expanded_to = ?, finished = ?, due_at = ?, claimed_until = ?
			WHERE campaign_id = ? AND chain = ? AND expanded_to = ?""";

	private final JdbcTemplate worker;

	JdbcChains(JdbcTemplate worker) {
		this.worker = worker;
	}

	void insert(List<Chain> chains) {
		worker.batchUpdate(INSERT, chains, 100, (statement, chain) -> {
			statement.setBytes(1, JdbcCampaigns.bytes(chain.campaignId()));
			statement.setInt(2, chain.number());
			statement.setString(3, chain.applicationId().value());
			statement.setString(4, chain.provider().value());
			statement.setLong(5, chain.rangeEnd());
			statement.setLong(6, chain.expandedTo());
			statement.setObject(7, Columns.utc(chain.publishedAt()));
			statement.setObject(8, Columns.utc(chain.dueAt()));
			statement.setObject(9, Columns.utc(chain.claimedUntil()));
		});
	}

	Optional<Chain> find(CampaignId campaign, int chain) {
		return worker.query(FIND, (row, ignored) -> read(campaign, row), JdbcCampaigns.bytes(campaign), chain)
			.stream()
			.findFirst();
	}

	List<Chain> unfinished(CampaignId campaign) {
		return worker.query(UNFINISHED, (row, ignored) -> read(campaign, row), JdbcCampaigns.bytes(campaign));
	}

	void published(Chain chain, Instant now) {
		worker.update(PUBLISHED, Columns.utc(now), JdbcCampaigns.bytes(chain.campaignId()), chain.number(),
				chain.publications());
	}

	/**
	 * Claims the page after where the chain stands.
	 * @param seen the chain as it was read
	 * @return whether nobody else did meanwhile
	 */
	boolean claim(Chain seen, Instant now, Instant until, Instant dueAt) {
		return worker.update(CLAIM, Columns.utc(until), Columns.utc(dueAt), Columns.utc(now),
				JdbcCampaigns.bytes(seen.campaignId()), seen.number(), seen.expandedTo(),
				Columns.utc(seen.claimedUntil())) == 1;
	}

	/** Moves a chain on from where it was seen, and gives it free. */
	void move(Chain seen, long expandedTo, boolean finished, Instant dueAt, Instant now) {
		worker.update(MOVE, expandedTo, finished, Columns.utc(dueAt), Columns.utc(now),
				JdbcCampaigns.bytes(seen.campaignId()), seen.number(), seen.expandedTo());
	}

	private static Chain read(CampaignId campaign, ResultSet row) throws SQLException {
		return new Chain(campaign, row.getInt("chain"), new ApplicationId(row.getString("application_id")),
				Provider.of(row.getString("provider")), row.getLong("range_end"), row.getLong("expanded_to"),
				row.getBoolean("finished"), row.getInt("publications"), Columns.instant(row, "published_at"),
				Columns.instant(row, "due_at"), Columns.instant(row, "claimed_until"));
	}

}
