package dev.herald.api.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.CampaignRows;
import dev.herald.api.fixture.CampaignTraffic;
import dev.herald.api.fixture.QueryPlan;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.sql.Columns;
import dev.herald.testsupport.RequiresMySql;
import dev.herald.testsupport.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@RequiresMySql
class DeliveryQueryPlanTests {

	private final TestDatabase database = RunningApi.shared().database();

	@Test
	void theJobsOfOneUserAreReadWithoutThoseOfAllOthersOfABroadcast() throws Exception {
		byte[] broadcast = Columns.bytes(CampaignRows.idAt(Instant.now()));
		List<Object[]> failures = new ArrayList<>();
		for (long registration = 1; registration <= 5000; registration++) {
			failures.add(new Object[] { broadcast, registration, Columns.utc(Instant.now()) });
		}
		new CampaignRows(database).write("""
				INSERT INTO delivery (notification_id, registration_id, device_id, application_id, provider, outcome,
				  attempts, ended_at) VALUES (?, ?, 'd', 'a', 'fcm', 'rejected', 1, ?)""", failures);
		QueryPlan.analyze(database, "delivery");
		Object[] jobs = Stream.of(7L, 1007L, 3007L, 4007L).flatMap(number -> Stream.of(broadcast, number)).toArray();

		try (CampaignTraffic traffic = CampaignTraffic.start(database)) {
			QueryPlan plan = QueryPlan.of(database, JdbcDeliveries.OF_JOBS.statementFor(4), jobs);

			assertThat(plan.steps()).singleElement().asString().contains("type=range key=PRIMARY");
			assertThat(plan).extracting(QueryPlan::returned, QueryPlan::read).containsExactly(4, 4);
		}
	}

}
