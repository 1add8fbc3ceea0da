package dev.herald.api.targeted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.QueryPlan;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.sql.Columns;
import dev.herald.common.identity.NotificationId;
import dev.herald.testsupport.RequiresMySql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That what is asked about pairs reads the rows it returns and no other. */
@RequiresMySql
class PairPlanTests {

	private static final RunningApi API = RunningApi.shared();

	private static final int PAIRS = 60;

	private static final List<byte[]> CAMPAIGNS = new ArrayList<>();

	private static final List<byte[]> FAILED = new ArrayList<>();

	@BeforeAll
	static void fill() throws SQLException {
		try (Connection connection = API.database().connect();
				PreparedStatement insert = connection.prepareStatement(JdbcPairs.INSERT_FAILURE)) {
			for (int campaign = 0; campaign < 50; campaign++) {
				CAMPAIGNS.add(id());
				for (int pair = 0; pair < PAIRS; pair++) {
					FAILED.add(id());
					insert.setBytes(1, FAILED.getLast());
					insert.setBytes(2, CAMPAIGNS.getLast());
					insert.setString(3, "user-" + pair);
					insert.setString(4, RunningApi.RIDER);
					insert.setString(5, "article-" + pair);
					insert.setString(6, "no_article");
					insert.setString(7, null);
					insert.addBatch();
				}
			}
			insert.executeBatch();
		}
		QueryPlan.analyze(API.database(), "pair_failure", "campaign_books", "targeted_request");
	}

	private static byte[] id() {
		return Columns.bytes(NotificationId.create());
	}

	@Test
	void aPageOfFailuresReadsThatPageOfItsCampaign() throws SQLException {
		QueryPlan page = QueryPlan.of(API.database(), JdbcPairs.FAILURES_OF_CAMPAIGN, CAMPAIGNS.get(25),
				FAILED.get(25 * PAIRS), 10);

		assertThat(page.steps()).singleElement()
			.asString()
			.contains("key=pair_failure_campaign")
			.doesNotContain("filesort");
		assertThat(page.returned()).isEqualTo(10);
		assertThat(page.read()).isEqualTo(10);
	}

	@Test
	void whetherPairsFailedIsReadByTheirKeys() throws SQLException {
		QueryPlan known = QueryPlan.of(API.database(), JdbcPairs.FAILURES.statementFor(2), FAILED.get(7),
				FAILED.get(1007));

		assertThat(known.steps()).singleElement().asString().contains("key=PRIMARY");
		assertThat(known.returned()).isEqualTo(2);
		assertThat(known.read()).isEqualTo(2);
	}

	@Test
	void whatIsForgottenIsFoundByItsKey() throws SQLException {
		assertThat(QueryPlan.explain(API.database(), JdbcPairs.DELETE_FAILURES.statementFor(2), FAILED.get(7),
				FAILED.get(1007)))
			.singleElement()
			.asString()
			.contains("key=PRIMARY");
		assertThat(
				QueryPlan.explain(API.database(), JdbcPairs.FORGET, Columns.firstIdAt(Instant.EPOCH.plusSeconds(1)), 1))
			.singleElement()
			.asString()
			.contains("key=PRIMARY");
	}

	@Test
	void theMomentsOfAPushAndItsRequestAreOneRowEach() throws SQLException {
		assertThat(QueryPlan.of(API.database(), JdbcPairs.MOMENTS, (Object) CAMPAIGNS.getFirst()).read())
			.isLessThanOrEqualTo(1);
		assertThat(QueryPlan.of(API.database(), JdbcTargetedRequests.SELECT, "caller", "key").read())
			.isLessThanOrEqualTo(1);
	}

}
