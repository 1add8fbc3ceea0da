package dev.herald.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.CampaignRows;
import dev.herald.api.fixture.CampaignTraffic;
import dev.herald.api.fixture.QueryPlan;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.notification.IdRange;
import dev.herald.api.sql.Columns;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.RequiresMySql;
import dev.herald.testsupport.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How MySQL reads the broadcasts, among thousands of campaigns, while campaigns write.
 */
@RequiresMySql
class BroadcastQueryPlanTests {

	private static final int CAMPAIGNS = 3000;

	private static final int CHUNKS = 4;

	private static final int LIMIT = 10;

	private static final Object[] ALL = { Columns.bytes(IdRange.ALL.until()), new byte[16], LIMIT };

	private static final TestDatabase DATABASE = Backends.database("broadcasts");

	private static final List<byte[]> CAMPAIGN_IDS = new ArrayList<>();

	private static RunningApi api;

	private static CampaignTraffic traffic;

	@BeforeAll
	static void fill() throws SQLException, InterruptedException {
		api = RunningApi.start(DATABASE, Backends.broker(), RunningApi.shared().tokenStore());
		Instant monthAgo = Instant.now().minus(Duration.ofDays(29));
		for (int i = 0; i < CAMPAIGNS; i++) {
			CAMPAIGN_IDS.add(Columns.bytes(CampaignRows.idAt(monthAgo.plusSeconds(i * 60))));
		}
		Object at = Columns.utc(monthAgo);
		CampaignRows rows = new CampaignRows(DATABASE);
		rows.write("""
				INSERT INTO campaign (campaign_id, kind, status, priority, content, ttl_seconds, ramp_up_seconds,
				  accepted_at, starts_at) VALUES (?, ?, 'ended', 'normal', '{}', 3600, 0, ?, ?)""",
				rows(i -> new Object[] { CAMPAIGN_IDS.get(i), i % 2 == 0 ? "broadcast" : "targeted", at, at }));
		rows.write("INSERT INTO campaign_application (application_id, campaign_id) VALUES (?, ?)",
				rows(i -> new Object[] { application(i), CAMPAIGN_IDS.get(i) }));
		rows.write("""
				INSERT INTO campaign_books (campaign_id, devices_estimated, queued, accepted, token_invalid, rejected,
				  expired, dead_lettered, pairs_taken, pairs_queued, pairs_no_devices, pairs_no_article,
				  pairs_given_up, pairs_expired, pairs_cancelled, sampled_at, sampled_ended, per_second)
				VALUES (?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?, 0, 0)""",
				rows(i -> new Object[] { CAMPAIGN_IDS.get(i), at }));
		for (long chunk = 0; chunk < CHUNKS; chunk++) {
			long number = chunk;
			rows.write("INSERT INTO campaign_chunk (campaign_id, chunk, queued, accepted) VALUES (?, ?, ?, ?)",
					rows(i -> new Object[] { CAMPAIGN_IDS.get(i), number, new byte[1024], new byte[1024] }));
		}
		QueryPlan.analyze(DATABASE, "campaign", "campaign_application", "campaign_books", "campaign_chunk");
		traffic = CampaignTraffic.start(DATABASE);
	}

	/** The oldest hundred are of an application that has no others. */
	private static String application(int campaign) {
		return campaign < 100 ? "com.acme.rare" : "com.acme.busy";
	}

	private static List<Object[]> rows(IntFunction<Object[]> row) {
		return IntStream.range(0, CAMPAIGNS).mapToObj(row).toList();
	}

	@AfterAll
	static void stop() throws InterruptedException {
		traffic.close();
		api.close();
		DATABASE.close();
	}

	@Test
	void theNewestAreTheEndOfTheTable() throws SQLException {
		QueryPlan plan = plan(JdbcBroadcasts.NEWEST, ALL);

		assertThat(plan.steps()).singleElement().asString().contains("key=PRIMARY");
		assertThat(plan).extracting(QueryPlan::returned, QueryPlan::read).containsExactly(LIMIT, LIMIT);
	}

	@Test
	void theNewestOfAnApplicationAreReadWithoutThoseOfOthers() throws SQLException {
		for (String application : List.of("com.acme.rare", "com.acme.busy")) {
			QueryPlan plan = plan(JdbcBroadcasts.NEWEST_OF_APPLICATION,
					Stream.concat(Stream.of(application), Stream.of(ALL)).toArray());

			assertThat(plan.steps()).hasSize(2);
			assertThat(plan.steps().getFirst()).startsWith("table=a ").contains("key=PRIMARY");
			assertThat(plan.steps().getLast()).startsWith("table=c type=eq_ref key=PRIMARY");
			assertThat(plan).as("a row of each table")
				.extracting(QueryPlan::returned, QueryPlan::read)
				.containsExactly(LIMIT, 2 * LIMIT);
		}
	}

	@Test
	void aPageOfBroadcastsIsReadByItsIds() throws SQLException {
		Object[] ids = CAMPAIGN_IDS.stream().skip(500).limit(64).toArray();

		QueryPlan plan = plan(JdbcBroadcasts.FIND.statementFor(ids.length), ids);

		assertThat(plan.steps()).hasSize(2);
		assertThat(plan.steps().getFirst()).startsWith("table=c type=range key=PRIMARY");
		assertThat(plan.steps().getLast()).startsWith("table=b type=eq_ref key=PRIMARY");
		assertThat(plan.returned()).as("half of them are targeted pushes").isEqualTo(ids.length / 2);
		assertThat(plan.read()).isLessThanOrEqualTo(2 * ids.length);
	}

	@Test
	void theirApplicationsAreReadFromTheIndexAlone() throws SQLException {
		Object[] ids = CAMPAIGN_IDS.stream().skip(500).limit(64).toArray();

		QueryPlan plan = plan(JdbcBroadcasts.APPLICATIONS.statementFor(ids.length), ids);

		assertThat(plan.steps()).singleElement()
			.asString()
			.contains("type=range key=campaign_application_campaign")
			.contains("Using index");
		assertThat(plan.returned()).isEqualTo(ids.length);
		assertThat(plan.read()).isLessThanOrEqualTo(2 * ids.length);
	}

	@Test
	void theBitsOfAUserAreAFewRowsByTheirKey() throws SQLException {
		Object[] keys = CAMPAIGN_IDS.stream().skip(500).limit(64).flatMap(id -> Stream.of(id, 2L)).toArray();

		QueryPlan plan = plan(JdbcBroadcasts.CHUNKS.statementFor(64), keys);

		assertThat(plan.steps()).singleElement().asString().contains("type=range key=PRIMARY");
		assertThat(plan).extracting(QueryPlan::returned, QueryPlan::read).containsExactly(64, 64);
	}

	@Test
	void oneCampaignIsOneRow() throws SQLException {
		byte[] id = CAMPAIGN_IDS.get(500);

		assertThat(plan(JdbcBroadcasts.EXISTS, id).read()).isLessThanOrEqualTo(1);
		assertThat(plan(JdbcBroadcasts.IS_IN, "com.acme.busy", id).read()).isLessThanOrEqualTo(1);
	}

	private static QueryPlan plan(String query, Object... parameters) throws SQLException {
		return QueryPlan.of(DATABASE, query, parameters);
	}

}
