package dev.herald.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.RunningApi;
import dev.herald.api.sql.Columns;
import dev.herald.common.identity.CampaignId;
import dev.herald.testsupport.RequiresMySql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That each statement of the hot path goes by its key, as MySQL explains it. */
@RequiresMySql
class CampaignPlanTests {

	private static final RunningApi API = RunningApi.shared();

	private static final BroadcastFixture BROADCASTS = new BroadcastFixture(API);

	private static CampaignId id;

	@BeforeAll
	static void fill() throws SQLException {
		for (int i = 0; i < 200; i++) {
			CampaignId one = BROADCASTS.running(100_000, null, null);
			BROADCASTS.done(one, 0, 9000L, LongStream.rangeClosed(1, 20).map(number -> number * 8192).toArray());
			BROADCASTS.campaigns().cancel(one, Instant.now());
		}
		id = BROADCASTS.running(100_000, null, null);
		try (Connection connection = API.database().connect(); Statement statement = connection.createStatement()) {
			for (String table : List.of("campaign", "campaign_chain", "campaign_chunk", "campaign_books")) {
				statement.execute("ANALYZE TABLE " + table);
			}
		}
	}

	@Test
	void aClaimReadsAndWritesOneRowOfEachTable() throws SQLException {
		byte[] key = JdbcCampaigns.bytes(id);
		Object now = Columns.utc(Instant.now());

		assertThat(plan(JdbcCampaigns.FIND, key)).containsExactly("PRIMARY 1");
		assertThat(plan(JdbcChains.FIND, key, 0)).containsExactly("PRIMARY 1");
		assertThat(plan(JdbcCampaigns.OPEN_CHAINS, key)).containsExactly("PRIMARY 1");
		assertThat(plan(JdbcChains.CLAIM, now, now, now, key, 0, 0, now)).containsExactly("PRIMARY 1");
	}

	@Test
	void aPageThatIsDoneReadsOnlyItsChainItsBooksAndItsChunks() throws SQLException {
		byte[] key = JdbcCampaigns.bytes(id);
		Object now = Columns.utc(Instant.now());
		List<Object> counts = new ArrayList<>(
				List.of((Object[]) new Integer[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }));
		counts.add(key);

		assertThat(plan(JdbcCampaigns.LOCK_BOOKS, key)).containsExactly("PRIMARY 1");
		assertThat(plan(JdbcCampaigns.COUNT, counts.toArray())).containsExactly("PRIMARY 1");
		assertThat(plan(JdbcChains.MOVE, 1, false, now, now, key, 0, 0)).containsExactly("PRIMARY 1");
		assertThat(plan(JdbcChunks.SELECT.statementFor(2), key, 1, key, 2)).containsExactly("PRIMARY 2");
	}

	@Test
	void whatIsDueAndWhatRunsIsReadFromTheIndex() throws SQLException {
		assertThat(plan(JdbcCampaigns.DUE, Columns.utc(Instant.now()), 10).getFirst()).startsWith("campaign_status ");
		assertThat(plan(JdbcCampaigns.WITH_STATUS, "broadcast", "paused").getFirst()).startsWith("campaign_status ");
	}

	private static List<String> plan(String statement, Object... parameters) throws SQLException {
		try (Connection connection = API.database().connect();
				PreparedStatement explain = connection.prepareStatement("EXPLAIN FORMAT=TRADITIONAL " + statement)) {
			for (int i = 0; i < parameters.length; i++) {
				explain.setObject(i + 1, parameters[i]);
			}
			List<String> plan = new ArrayList<>();
			try (ResultSet rows = explain.executeQuery()) {
				while (rows.next()) {
					plan.add(rows.getString("key") + " " + rows.getString("rows"));
				}
			}
			return plan;
		}
	}

}
