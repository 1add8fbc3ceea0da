package dev.herald.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.QueryPlan;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.sql.Columns;
import dev.herald.common.device.Device;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeadLetter;
import dev.herald.testsupport.RequiresMySql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many rows MySQL touches for an answer, by its own count. */
@RequiresMySql
class DeadLetterPlanTests {

	private static final RunningApi API = RunningApi.shared();

	private static final int LIMIT = 10;

	private static final String RARE = Letters.newReason();

	private static final String COMMON = Letters.newReason();

	@BeforeAll
	static void fill() throws SQLException {
		JdbcDeadLetters letters = API.bean(JdbcDeadLetters.class);
		Device rider = API.tokenStore().register(ApiClient.newUser(), RunningApi.RIDER, Provider.FCM);
		Device driver = API.tokenStore().register(ApiClient.newUser(), RunningApi.DRIVER, Provider.FCM);
		letters.keep(some(driver, RARE, 20));
		for (int i = 0; i < 20; i++) {
			letters.keep(some(rider, COMMON, 250));
		}
		QueryPlan.analyze(API.database(), "dead_letter");
	}

	private static List<DeadLetter> some(Device device, String reason, int count) {
		return Stream.generate(() -> Letters.of(device, reason)).limit(count).toList();
	}

	@Test
	void aPageOfAGroupReadsOnlyWhatItReturns() throws SQLException {
		assertReads(JdbcDeadLetters.PAGE_OF_GROUP, "dead_letter_group", LIMIT, RunningApi.DRIVER, "fcm", RARE,
				Long.MAX_VALUE, LIMIT);
		assertReads(JdbcDeadLetters.PAGE_OF_GROUP, "dead_letter_group", LIMIT, RunningApi.RIDER, "fcm", COMMON,
				Long.MAX_VALUE, LIMIT);
	}

	@Test
	void aPageOfEverythingReadsOnlyWhatItReturns() throws SQLException {
		assertReads(JdbcDeadLetters.PAGE, "PRIMARY", LIMIT, Long.MAX_VALUE, LIMIT);
	}

	@Test
	void whatIsReplayedIsReadInTheOrderOfTheIndex() throws SQLException {
		assertReads(JdbcDeadLetters.LOCK, "dead_letter_group", LIMIT, RunningApi.RIDER, "fcm", COMMON, 0L,
				Long.MAX_VALUE, LIMIT);
	}

	@Test
	void theGroupsAreFoundWithoutReadingTheirRows() throws SQLException {
		QueryPlan groups = QueryPlan.of(API.database(), JdbcDeadLetters.GROUPS);

		assertThat(groups.steps().getFirst()).contains("key=dead_letter_group").contains("Using index for group-by");
		assertThat(groups.read()).isLessThanOrEqualTo(3 * groups.returned() + 3);
	}

	@Test
	void countingReadsAnIndexAlone() throws SQLException {
		assertThat(QueryPlan.explain(API.database(), JdbcDeadLetters.COUNTS).getFirst())
			.contains("key=dead_letter_group")
			.contains("Using index")
			.doesNotContain("temporary");
		assertThat(QueryPlan.explain(API.database(), JdbcDeadLetters.COUNT_OF_GROUP, RunningApi.DRIVER, "fcm", RARE)
			.getFirst()).contains("key=dead_letter_group").contains("Using index");
	}

	@Test
	void theNewestIsNotSearchedFor() throws SQLException {
		assertThat(QueryPlan.explain(API.database(), JdbcDeadLetters.NEWEST).getFirst())
			.contains("Select tables optimized away");
	}

	@Test
	void whatIsTooOldIsFoundByTheIndex() throws SQLException {
		assertThat(QueryPlan.explain(API.database(), JdbcDeadLetters.DELETE_OLD, Columns.firstIdAt(Instant.EPOCH), 1000)
			.getFirst()).contains("key=dead_letter_job");
	}

	private static void assertReads(String query, String index, int returned, Object... parameters)
			throws SQLException {
		QueryPlan plan = QueryPlan.of(API.database(), query, parameters);

		assertThat(plan.steps()).hasSize(1);
		assertThat(plan.steps().getFirst()).contains("key=" + index)
			.doesNotContain("filesort")
			.doesNotContain("temporary");
		assertThat(plan.returned()).isEqualTo(returned);
		assertThat(plan.read()).isEqualTo(returned);
	}

}
