package dev.herald.api.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.CampaignTraffic;
import dev.herald.api.fixture.QueryPlan;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.sql.Columns;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import dev.herald.testsupport.RequiresMySql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How many rows MySQL touches for an answer, by its own count, while campaigns write.
 */
@RequiresMySql
class QueryPlanTests {

	private static final RunningApi API = RunningApi.shared();

	private static final byte[] NEWEST = Columns.bytes(new NotificationId(new UUID(-1, -1)));

	private static final byte[] OLDEST = new byte[16];

	private static final CampaignId CAMPAIGN = CampaignId.create();

	private static final int USERS = 200;

	private static final int LIMIT = 10;

	private static final String RUN = ApiClient.newUser();

	private static CampaignTraffic traffic;

	@BeforeAll
	static void fill() throws SQLException, InterruptedException {
		Notifications notifications = API.bean(Notifications.class);
		for (int round = 0; round < 10; round++) {
			List<CompletableFuture<?>> kept = new ArrayList<>();
			IntStream.range(0, USERS * 4).forEach(i -> kept.add(notifications.keep(notification(i))));
			kept.forEach(CompletableFuture::join);
		}
		QueryPlan.analyze(API.database(), "notification", "delivery");
		traffic = CampaignTraffic.start(API.database());
	}

	@AfterAll
	static void endTraffic() throws InterruptedException {
		traffic.close();
	}

	private static Notification notification(int number) {
		ApplicationId application = switch (number % 4) {
			case 0 -> null;
			case 1 -> new ApplicationId(RunningApi.DRIVER);
			default -> new ApplicationId(RunningApi.RIDER);
		};
		return new Notification(NotificationId.create(), new DeviceQuery(user(number % USERS), application),
				NotificationStatus.NO_DEVICES, PushContent.of("title", "message", Payload.EMPTY), PushPriority.HIGH,
				null, Instant.now(), Instant.now(), List.of(), number % 3 == 0 ? CAMPAIGN : null, null);
	}

	private static UserId user(int number) {
		return new UserId(RUN + number);
	}

	@Test
	void aPageOfAUserReadsOnlyWhatItReturns() throws SQLException {
		String user = user(2).value();

		assertReadsOnlyWhatItReturns(JdbcNotifications.PAGE_OF_USER, "notification_user", user, RunningApi.RIDER,
				NEWEST, OLDEST, LIMIT);
	}

	@Test
	void aPageOfAnApplicationReadsOnlyWhatItReturns() throws SQLException {
		assertReadsOnlyWhatItReturns(JdbcNotifications.PAGE_OF_APPLICATION, "notification_application",
				RunningApi.RIDER, NEWEST, OLDEST, LIMIT);
	}

	@Test
	void aPageOfEverythingReadsOnlyWhatItReturns() throws SQLException {
		assertReadsOnlyWhatItReturns(JdbcNotifications.PAGE, "PRIMARY", NEWEST, OLDEST, LIMIT);
	}

	@Test
	void oneNotificationIsOneRow() throws SQLException {
		API.tokenStore().register(RUN, RunningApi.DRIVER, Provider.FCM);
		String id = API.client().sent(RUN, RunningApi.DRIVER).notificationId();

		assertThat(QueryPlan.of(API.database(), JdbcNotifications.FIND, Columns.bytes(NotificationId.parse(id))))
			.extracting(QueryPlan::returned, QueryPlan::read)
			.containsExactly(1, 1);
	}

	@Test
	void theApplicationsOfAUserAreReadFromTheIndexAlone() throws SQLException {
		QueryPlan plan = QueryPlan.of(API.database(), JdbcNotifications.APPLICATIONS_OF_USER, user(2).value());

		assertThat(plan.steps().getFirst()).contains("key=notification_user").contains("Using index");
	}

	@Test
	void aPageOfACampaignReadsOnlyWhatItReturns() throws SQLException {
		assertReadsOnlyWhatItReturns(JdbcNotifications.PAGE_OF_CAMPAIGN, "notification_campaign",
				Columns.bytes(CAMPAIGN), NEWEST, OLDEST, LIMIT);
	}

	@Test
	void pagesInOneStatementReadOnlyWhatTheyReturn() throws SQLException {
		String query = JdbcNotifications.union(JdbcNotifications.PAGE_OF_USER, 2);
		String user = user(2).value();

		QueryPlan plan = QueryPlan.of(API.database(), query, user, RunningApi.RIDER, NEWEST, OLDEST, LIMIT, user,
				RunningApi.RIDER, NEWEST, OLDEST, LIMIT);

		assertThat(plan.steps()).hasSize(2)
			.allSatisfy(step -> assertThat(step).contains("key=notification_user").doesNotContain("temporary"));
		assertThat(plan).extracting(QueryPlan::returned, QueryPlan::read).containsExactly(2 * LIMIT, 2 * LIMIT);
	}

	private static void assertReadsOnlyWhatItReturns(String query, String index, Object... parameters)
			throws SQLException {
		QueryPlan plan = QueryPlan.of(API.database(), query, parameters);

		assertThat(plan.steps()).hasSize(1);
		assertThat(plan.steps().getFirst()).contains("key=" + index)
			.doesNotContain("filesort")
			.doesNotContain("temporary");
		assertThat(plan).extracting(QueryPlan::returned, QueryPlan::read).containsExactly(LIMIT, LIMIT);
	}

}
