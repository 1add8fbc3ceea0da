package dev.herald.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.QueryPlan;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.sql.Columns;
import dev.herald.common.identity.CampaignId;
import dev.herald.testsupport.RequiresMySql;
import java.sql.SQLException;
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
		QueryPlan.analyze(API.database(), "campaign", "campaign_chain", "campaign_chunk", "campaign_books");
	}

	@Test
	void aClaimReadsAndWritesOneRowOfEachTable() throws SQLException {
		byte[] key = JdbcCampaigns.bytes(id);
		Object now = Columns.utc(Instant.now());

		assertKeyed(1, JdbcCampaigns.FIND, key);
		assertKeyed(1, JdbcChains.FIND, key, 0);
		assertKeyed(1, JdbcCampaigns.OPEN_CHAINS, key);
		assertKeyed(1, JdbcChains.CLAIM, now, now, now, key, 0, 0, now);
	}

	@Test
	void aPageThatIsDoneReadsOnlyItsChainItsBooksAndItsChunks() throws SQLException {
		byte[] key = JdbcCampaigns.bytes(id);
		Object now = Columns.utc(Instant.now());
		List<Object> counts = new ArrayList<>(
				List.of((Object[]) new Integer[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }));
		counts.add(key);

		assertKeyed(1, JdbcCampaigns.LOCK_BOOKS, key);
		assertKeyed(1, JdbcCampaigns.COUNT, counts.toArray());
		assertKeyed(1, JdbcChains.MOVE, 1, false, now, now, key, 0, 0);
		assertKeyed(2, JdbcChunks.SELECT.statementFor(2), key, 1, key, 2);
	}

	@Test
	void whatIsDueAndWhatRunsIsReadFromTheIndex() throws SQLException {
		assertThat(plan(JdbcCampaigns.DUE, Columns.utc(Instant.now()), 10).getFirst()).contains("key=campaign_status ");
		assertThat(plan(JdbcCampaigns.WITH_STATUS, "broadcast", "paused").getFirst()).contains("key=campaign_status ");
	}

	private static void assertKeyed(int rows, String statement, Object... parameters) throws SQLException {
		assertThat(plan(statement, parameters)).singleElement().asString().contains("key=PRIMARY rows=" + rows + " ");
	}

	private static List<String> plan(String statement, Object... parameters) throws SQLException {
		return QueryPlan.explain(API.database(), statement, parameters);
	}

}
