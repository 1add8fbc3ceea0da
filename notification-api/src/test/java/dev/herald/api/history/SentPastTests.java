package dev.herald.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.CampaignRows;
import dev.herald.api.fixture.CampaignRows.Counts;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.fixture.TokenStoreStandIn.Behaviour;
import dev.herald.api.notification.Notification;
import dev.herald.api.notification.NotificationStatus;
import dev.herald.api.notification.Notifications;
import dev.herald.api.notification.Target;
import dev.herald.api.sql.Columns;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Each test has an application of its own, and the class a database, so that what is
 * listed is the test's own.
 */
class SentPastTests {

	private static final Instant NOON = Instant.parse("2026-11-19T12:00:00Z");

	private static final TestDatabase DATABASE = Backends.database("past");

	private static RunningApi api;

	private ApiClient client;

	private final CampaignRows rows = new CampaignRows(DATABASE);

	private final String application = "com.acme.app-" + UUID.randomUUID();

	private final String user = ApiClient.newUser();

	@BeforeAll
	static void start() {
		api = RunningApi.start(DATABASE, Backends.broker(), RunningApi.shared().tokenStore());
		warmUp();
	}

	/** The first statements of a new pool may take longer than a caller waits. */
	private static void warmUp() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> api.client().get("/notifications?user_id=" + ApiClient.newUser()).status() == 200);
	}

	@BeforeEach
	void connect() {
		client = api.client();
	}

	@AfterAll
	static void stop() {
		api.close();
		DATABASE.close();
	}

	@Test
	void aBroadcastIsInTheListOfThoseItWasQueuedForAndOfNobodyElse() {
		Device reached = api.tokenStore().register(user, application, Provider.FCM);
		String other = ApiClient.newUser();
		api.tokenStore().register(other, application, Provider.FCM);
		CampaignId broadcast = rows.broadcast(NOON, application);
		rows.bits(broadcast, List.of(reached.registrationId()), List.of());

		JsonNode page = client.get(path("user_id", user, "application_id", application)).json();

		assertThat(ids(page)).containsExactly(broadcast.toString());
		assertThat(page.has("next")).isFalse();
		JsonNode entry = page.path("notifications").get(0);
		assertThat(entry.path("kind").stringValue()).isEqualTo("broadcast");
		assertThat(entry.path("campaign_id").stringValue()).isEqualTo(broadcast.toString());
		assertThat(entry.path("user_id").stringValue()).isEqualTo(user);
		assertThat(entry.path("application_id").stringValue()).isEqualTo(application);
		assertThat(entry.path("title").stringValue()).isEqualTo("Holiday fares");
		assertThat(entry.path("message").stringValue()).isEqualTo("From tomorrow on");
		assertThat(entry.path("payload").toString()).isEqualTo("{\"page\":\"fares\"}");
		assertThat(entry.path("image").stringValue()).isEqualTo("https://cdn.acme.com/fares.png");
		assertThat(entry.path("priority").stringValue()).isEqualTo("normal");
		assertThat(entry.path("accepted_at").stringValue()).isEqualTo("2026-11-19T12:00:00Z");
		assertThat(entry.path("expires_at").stringValue()).isEqualTo("2026-11-19T13:00:00Z");
		assertThat(entry.path("status").stringValue()).isEqualTo("queued");
		assertThat(walk(1, "user_id", other, "application_id", application)).isEmpty();
		assertThat(walk(1, "user_id", ApiClient.newUser(), "application_id", application)).isEmpty();
		assertThat(walk(20, "user_id", other)).isEmpty();
		assertThat(walk(20, "user_id", ApiClient.newUser())).isEmpty();
	}

	@Test
	void aBroadcastInAUsersListCountsTheJobsOfTheUsersDevices() {
		List<RegistrationId> devices = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			devices.add(api.tokenStore().register(user, application, Provider.FCM).registrationId());
		}
		RegistrationId stranger = new RegistrationId(devices.getLast().value() + 100_000);
		CampaignId broadcast = rows.broadcast(NOON, application);
		rows.bits(broadcast, List.of(devices.get(0), devices.get(1), devices.get(2), devices.get(3), stranger),
				List.of(devices.get(0), devices.get(1)));
		// Rejected at first, and accepted when an operator replayed it.
		rows.ended(broadcast, devices.get(1), "rejected");
		rows.ended(broadcast, devices.get(2), "token_invalid");
		rows.ended(broadcast, stranger, "expired");

		JsonNode entry = client.get(path("user_id", user)).json().path("notifications").get(0);

		assertThat(entry.path("books").toString()).isEqualTo("""
				{"jobs":4,"accepted":2,"token_invalid":1,"rejected":0,"expired":0,"dead_lettered":0,"pending":1}""");
		assertThat(entry.path("status").stringValue()).isEqualTo("queued");
		assertThat(walk(5, "user_id", user, "status", "failed")).containsExactly(broadcast.toString());
		assertThat(walk(5, "user_id", user, "status", "queued")).containsExactly(broadcast.toString());
		assertThat(walk(5, "user_id", user, "status", "ended")).isEmpty();
	}

	@Test
	void aBroadcastThatStartedIsWorthShowingFromThen() {
		CampaignId broadcast = rows.broadcast(NOON, application);
		rows.write("UPDATE campaign SET started_at = ? WHERE campaign_id = ?",
				List.<Object[]>of(new Object[] { Columns.utc(NOON.plusSeconds(600)), Columns.bytes(broadcast) }));

		JsonNode entry = client.get("/notification/" + broadcast).json();

		assertThat(entry.path("accepted_at").stringValue()).isEqualTo("2026-11-19T12:00:00Z");
		assertThat(entry.path("expires_at").stringValue()).isEqualTo("2026-11-19T13:10:00Z");
	}

	@Test
	void aBroadcastInSeveralApplicationsIsOneEntry() {
		String another = application + ".another";
		Device here = api.tokenStore().register(user, application, Provider.FCM);
		Device there = api.tokenStore().register(user, another, Provider.APNS);
		CampaignId both = rows.broadcast(NOON, application, another);
		CampaignId elsewhere = rows.broadcast(NOON.plusSeconds(1), another);
		rows.bits(both, List.of(here.registrationId(), there.registrationId()), List.of());
		rows.bits(elsewhere, List.of(there.registrationId()), List.of());

		assertThat(walk(1, "user_id", user)).containsExactly(elsewhere.toString(), both.toString());
		assertThat(walk(1, "user_id", user, "application_id", application)).containsExactly(both.toString());
		JsonNode entry = client.get(path("user_id", user, "campaign_id", both.toString())).json();
		assertThat(entry.path("notifications").get(0).path("application_id").stringValue()).isEqualTo("*");
		assertThat(entry.path("notifications").get(0).path("books").path("jobs").intValue()).isEqualTo(2);
	}

	@Test
	void theOperatorsListShowsABroadcastAsItIsForAll() {
		CampaignId running = rows.broadcast(NOON, "running", new Counts(1000, 600, 3), application);
		CampaignId ended = rows.broadcast(NOON.plusSeconds(1), "ended", new Counts(10, 10, 0), application);
		CampaignId nobody = rows.broadcast(NOON.plusSeconds(2), "ended", Counts.NONE, application);
		CampaignId cancelled = rows.broadcast(NOON.plusSeconds(3), "cancelled", new Counts(10, 9, 0), application);

		JsonNode page = client.get(path("application_id", application)).json();

		assertThat(ids(page)).containsExactly(cancelled.toString(), nobody.toString(), ended.toString(),
				running.toString());
		assertThat(page.path("notifications").valueStream().map(entry -> entry.path("status").stringValue()))
			.containsExactly("queued", "no_devices", "ended", "queued");
		JsonNode entry = page.path("notifications").get(3);
		assertThat(entry.has("user_id")).isFalse();
		assertThat(entry.path("books").toString()).isEqualTo("""
				{"jobs":1000,"accepted":600,"token_invalid":0,"rejected":3,"expired":0,"dead_lettered":0,\
				"pending":397}""");
		assertThat(client.get("/notification/" + running).json()).isEqualTo(entry);
		assertThat(walk(2, "application_id", application, "status", "failed")).containsExactly(running.toString());
		assertThat(walk(100, "from", "2026-11-19T12:00:00Z", "until", "2026-11-19T12:00:03.001Z"))
			.containsSubsequence(cancelled.toString(), nobody.toString(), ended.toString(), running.toString());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 100 })
	void pagesOverBothSourcesFollowEachOtherWithoutGapOrRepetition(int limit) {
		Device device = api.tokenStore().register(user, application, Provider.FCM);
		List<NotificationId> sent = new ArrayList<>();
		CampaignId push = rows.targeted(NOON.minusSeconds(1), application);
		for (int i = 0; i < 30; i++) {
			// Five of each moment.
			Instant moment = NOON.plusMillis(i / 5);
			switch (i % 5) {
				case 0, 1 -> sent.add(notification(moment, user, application, null));
				case 2 -> sent.add(notification(moment, user, application, push));
				case 3 -> {
					CampaignId broadcast = rows.broadcast(moment, application);
					rows.bits(broadcast, List.of(device.registrationId()), List.of());
					sent.add(broadcast.broadcastNotification());
				}
				default -> rows.targeted(moment, application);
			}
		}
		List<String> expected = sent.stream()
			.sorted(Comparator.<NotificationId>naturalOrder().reversed())
			.map(NotificationId::toString)
			.toList();

		assertThat(walk(limit, "user_id", user, "application_id", application)).isEqualTo(expected);
		assertThat(walk(limit, "user_id", user)).isEqualTo(expected);
		assertThat(walk(limit, "user_id", user, "status", "failed")).isEmpty();
		assertThat(walk(limit, "user_id", user, "application_id", application, "status", "queued")).hasSize(6);
		assertThat(walk(limit, "user_id", user, "status", "no_devices")).hasSize(18);
	}

	@Test
	void aMomentIsTheFirstIdThatIsInAndTheFirstThatIsOut() {
		NotificationId before = notification(NOON.minusMillis(1), user, application, null);
		NotificationId at = notification(NOON, user, application, null);
		CampaignId broadcast = rows.broadcast(NOON, application);
		NotificationId after = notification(NOON.plusMillis(1), user, application, null);

		assertThat(walk(9, "application_id", application, "from", "2026-11-19T12:00:00Z", "until",
				"2026-11-19T12:00:00.001Z"))
			.containsExactlyInAnyOrder(at.toString(), broadcast.toString());
		assertThat(walk(9, "application_id", application, "from", "2026-11-19T13:00:00.001%2B01:00"))
			.containsExactly(after.toString());
		assertThat(walk(9, "application_id", application, "from", "2026-11-19T12:00:00.0001Z"))
			.containsExactly(after.toString());
		assertThat(walk(9, "application_id", application, "until", "2026-11-19T12:00:00Z"))
			.containsExactly(before.toString());
		assertThat(walk(9, "application_id", application, "until", "2026-11-19T11:59:59.9991Z"))
			.containsExactly(before.toString());
		assertThat(
				walk(9, "application_id", application, "from", "0001-01-01T00:00:00Z", "until", "9999-12-31T23:59:59Z"))
			.hasSize(4);
		assertThat(walk(9, "user_id", user, "until", "2026-11-19T12:00:00Z")).containsExactly(before.toString());
		assertThat(walk(1, "user_id", user, "from", "2026-11-19T12:00:00Z")).containsExactly(after.toString(),
				at.toString());
	}

	@Test
	void theNotificationsOfATargetedPushAreThoseOfItsUsers() {
		CampaignId push = rows.targeted(NOON, application);
		CampaignId another = rows.targeted(NOON, application);
		String other = ApiClient.newUser();
		NotificationId mine = notification(NOON, user, application, push);
		NotificationId theirs = notification(NOON.plusSeconds(1), other, application, push);
		notification(NOON.plusSeconds(2), user, application, another);
		notification(NOON.plusSeconds(3), user, application, null);

		String campaign = push.toString();
		assertThat(walk(1, "campaign_id", campaign)).containsExactly(theirs.toString(), mine.toString());
		assertThat(walk(1, "campaign_id", campaign, "user_id", user)).containsExactly(mine.toString());
		assertThat(walk(1, "campaign_id", campaign, "user_id", user, "application_id", application))
			.containsExactly(mine.toString());
		assertThat(walk(1, "campaign_id", campaign, "application_id", application)).hasSize(2);
		assertThat(walk(1, "campaign_id", campaign, "application_id", application, "until", "2026-11-19T12:00:01Z"))
			.containsExactly(mine.toString());
		assertThat(walk(1, "campaign_id", campaign, "application_id", "com.acme.other")).isEmpty();
		assertThat(walk(1, "campaign_id", campaign, "status", "no_devices")).hasSize(2);
		assertThat(walk(1, "campaign_id", CampaignId.create().toString())).isEmpty();
		JsonNode entry = client.get(path("campaign_id", campaign, "user_id", user)).json();
		assertThat(entry.path("notifications").get(0).path("kind").stringValue()).isEqualTo("targeted");
		assertThat(entry.path("notifications").get(0).path("campaign_id").stringValue()).isEqualTo(campaign);
		assertThat(entry.path("notifications").get(0).path("article_id").stringValue()).isEqualTo("article-7");
	}

	@Test
	void aBroadcastIsTheOneEntryOfItsCampaign() {
		Device device = api.tokenStore().register(user, application, Provider.FCM);
		CampaignId broadcast = rows.broadcast(NOON, application);
		rows.bits(broadcast, List.of(device.registrationId()), List.of(device.registrationId()));
		for (int i = 0; i < 30; i++) {
			notification(NOON.plusSeconds(i), user, application, null);
		}

		String id = broadcast.toString();
		assertThat(walk(1, "campaign_id", id)).containsExactly(id);
		assertThat(ids(client.get(path("campaign_id", id, "user_id", user, "limit", "1")).json())).containsExactly(id);
		assertThat(walk(1, "campaign_id", id, "user_id", user, "application_id", application, "status", "ended"))
			.containsExactly(id);
		assertThat(walk(1, "campaign_id", id, "application_id", "com.acme.other")).isEmpty();
		assertThat(walk(1, "campaign_id", id, "user_id", ApiClient.newUser())).isEmpty();
		assertThat(walk(1, "campaign_id", id, "from", "2026-11-19T12:00:01Z")).isEmpty();
	}

	@Test
	void aPageThatFindsTooLittleInABoundedPartOfThePastSaysWhereToGoOn() {
		NotificationId wanted = notification(NOON, user, application, null, NotificationStatus.WITHDRAWN);
		for (int i = 1; i <= 30; i++) {
			notification(NOON.plusSeconds(i), user, application, null);
		}

		JsonNode first = client.get(path("user_id", user, "status", "withdrawn", "limit", "1")).json();

		assertThat(ids(first)).isEmpty();
		assertThat(first.has("next")).isTrue();
		assertThat(walk(1, "user_id", user, "status", "withdrawn")).containsExactly(wanted.toString());
	}

	@Test
	void theLastPageHasNoNextAlthoughItIsFull() {
		notification(NOON, user, application, null);
		notification(NOON.plusSeconds(1), user, application, null);

		assertThat(client.get(path("user_id", user, "limit", "2")).json().has("next")).isFalse();
		assertThat(client.get(path("user_id", user, "limit", "1")).json().has("next")).isTrue();
	}

	@Test
	void theTokenStoreIsAskedOnlyWhereABroadcastMayBeTheUsers() {
		NotificationId sent = notification(NOON, user, application, null);
		rows.targeted(NOON, application);
		String withBroadcast = application + ".loud";
		CampaignId broadcast = rows.broadcast(NOON.minus(Duration.ofHours(1)), withBroadcast);
		api.tokenStore().behave(Behaviour.UNAVAILABLE);
		try {
			assertThat(ids(client.get(path("user_id", user, "application_id", application)).json()))
				.containsExactly(sent.toString());
			assertThat(
					client.get(path("user_id", user, "application_id", withBroadcast, "from", "2026-11-19T12:00:00Z"))
						.status())
				.isEqualTo(200);
			assertThat(client.get(path("application_id", withBroadcast)).status()).isEqualTo(200);
			assertThat(client.get(path("campaign_id", broadcast.toString())).status()).isEqualTo(200);

			assertUnavailable(client.get(path("user_id", user, "application_id", withBroadcast)));
			assertUnavailable(client.get(path("user_id", user, "campaign_id", broadcast.toString())));
			assertUnavailable(client.get(path("user_id", user)));
		}
		finally {
			api.tokenStore().behave(Behaviour.ANSWERS);
		}
	}

	private static void assertUnavailable(Answer answer) {
		assertThat(answer.status()).as("%s", answer).isEqualTo(503);
		assertThat(answer.header("Retry-After")).isPresent();
		assertThat(answer.json().path("detail").stringValue()).contains("the token store");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			campaign_id=7                                                       | campaign_id
			status=sent                                                         | status
			from=yesterday                                                      | from
			from=2026-11-19T12:00:00                                            | from
			until=2026-11-19                                                    | until
			from=2026-11-19T12:00:00Z&until=2026-11-19T12:00:00Z                | until
			""")
	void aMalformedConditionIsRefusedWithItsField(String query, String field) {
		Answer answer = client.get("/notifications?" + query);

		assertThat(answer.status()).as("%s", answer).isEqualTo(400);
		assertThat(answer.json().path("field").stringValue()).isEqualTo(field);
	}

	private NotificationId notification(Instant moment, String user, String application,
			@Nullable CampaignId campaign) {
		return notification(moment, user, application, campaign, NotificationStatus.NO_DEVICES);
	}

	private NotificationId notification(Instant moment, String user, String application, @Nullable CampaignId campaign,
			NotificationStatus status) {
		NotificationId id = CampaignRows.idAt(moment);
		List<Target> nowhere = List.of();
		api.bean(Notifications.class)
			.keep(new Notification(id, new DeviceQuery(new UserId(user), new ApplicationId(application)), status,
					PushContent.of("title", "message", Payload.EMPTY), PushPriority.NORMAL, null, moment,
					moment.plusSeconds(60), nowhere, campaign, campaign == null ? null : "article-7"))
			.join();
		return id;
	}

	/** The ids of all pages, one after the other. */
	private List<String> walk(int limit, String... conditions) {
		String path = path(conditions) + "&limit=" + limit;
		JsonNode page = client.get(path).json();
		List<String> ids = ids(page);
		while (page.has("next")) {
			page = client.get(path + "&before=" + page.path("next").stringValue()).json();
			assertThat(page.path("notifications").size()).isLessThanOrEqualTo(limit);
			ids.addAll(ids(page));
		}
		return ids;
	}

	private static String path(String... conditions) {
		StringBuilder path = new StringBuilder("/notifications?");
		for (int i = 0; i < conditions.length; i += 2) {
			path.append(i == 0 ? "" : "&").append(conditions[i]).append('=').append(conditions[i + 1]);
		}
		return path.toString();
	}

	private static List<String> ids(JsonNode page) {
		assertThat(page.has("notifications")).as("%s", page).isTrue();
		List<String> ids = new ArrayList<>();
		page.path("notifications").forEach(entry -> ids.add(entry.path("notification_id").stringValue()));
		return ids;
	}

}
