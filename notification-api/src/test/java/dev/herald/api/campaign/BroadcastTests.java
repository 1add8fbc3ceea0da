package dev.herald.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.RunningApi;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.device.DeviceCount;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A broadcast from its request to its end, with the tests as the push worker. */
class BroadcastTests {

	private final RunningApi api = RunningApi.shared();

	private final BroadcastFixture broadcasts = new BroadcastFixture(api);

	private final ApiClient client = api.client();

	@Test
	void aBroadcastIsSentPageByPageAndEndsWithItsBooks() {
		api.tokenStore().has(RunningApi.RIDER, Provider.APNS, 3, 9000);
		CampaignId id = accepted("""
				{"application_ids": ["com.acme.rider"], "title": "Sale", "message": "Today", "payload": {"a": 1},
				 "filter": {"providers": ["apns"], "locales": ["de"], "active_within_days": 30}}""");

		BroadcastLink link = link(id);
		assertThat(link).isEqualTo(BroadcastLink.of(id, 0, link.applicationId(), Provider.APNS, 0));
		JsonNode running = broadcasts.shown(id);
		assertThat(running.path("status").stringValue()).isEqualTo("running");
		assertThat(running.path("devices").toString()).isEqualTo("{\"total\":3,\"exact\":false}");
		assertThat(running.path("filter").path("locales").toString()).isEqualTo("[\"de\"]");
		broadcasts.claim(id, 0);
		broadcasts.done(id, 0, null, 17, 8999);
		CampaignReports reports = api.bean(CampaignReports.class);
		reports.take(List.of(broadcasts.report(id, 17, DeliveryOutcome.ACCEPTED, 0)));
		reports.take(List.of(broadcasts.report(id, 8999, DeliveryOutcome.TOKEN_INVALID, 0)));

		await().untilAsserted(() -> assertThat(broadcasts.shown(id).path("status").stringValue()).isEqualTo("ended"));
		JsonNode ended = broadcasts.shown(id);
		assertThat(ended.path("devices").toString()).isEqualTo("{\"total\":2,\"exact\":true}");
		assertThat(ended.path("jobs").toString())
			.isEqualTo("{\"queued\":2,\"accepted\":1,\"token_invalid\":1,\"rejected\":0,\"expired\":0,"
					+ "\"dead_lettered\":0,\"pending\":0}");
		assertThat(client.post("/campaign/" + id + "/pause", RunningApi.SENDER_KEY, "").status()).isEqualTo(409);
	}

	@Test
	void aBroadcastWithoutDevicesEndsAtOnce() {
		CampaignId id = accepted("""
				{"application_ids": ["com.acme.driver"], "title": "Sale"}""");

		await().untilAsserted(() -> assertThat(broadcasts.shown(id).path("status").stringValue()).isEqualTo("ended"));
	}

	@Test
	void aScheduledBroadcastWaitsAndCanBeCancelled() {
		Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
		CampaignId id = accepted("""
				{"application_ids": ["*"], "title": "Sale", "starts_at": "%s"}""".formatted(tomorrow));

		JsonNode shown = broadcasts.shown(id);
		assertThat(shown.path("status").stringValue()).isEqualTo("scheduled");
		assertThat(shown.path("application_ids").toString()).isEqualTo("[\"com.acme.driver\",\"com.acme.rider\"]");
		assertThat(Instant.parse(shown.path("starts_at").stringValue())).isCloseTo(tomorrow,
				within(1, ChronoUnit.MILLIS));
		assertThat(client.post("/campaign/" + id + "/cancel", RunningApi.OPERATOR_KEY, "").status()).isEqualTo(200);
		assertThat(broadcasts.shown(id).path("status").stringValue()).isEqualTo("cancelled");
	}

	@Test
	void aLinkThatWasLostIsGivenToTheBrokerAgain() {
		CampaignId id = broadcasts.running(1000, null, null);
		link(id);
		JdbcChains chains = api.bean(JdbcChains.class);
		await().until(() -> chains.unfinished(id).getFirst().publications() == 1);
		Chain published = chains.unfinished(id).getFirst();

		assertThat(published.wantsLink(published.publishedAt().plusSeconds(59))).isFalse();
		assertThat(published.wantsLink(published.publishedAt().plusSeconds(61))).isTrue();
		chains.published(published, published.publishedAt());
		assertThat(chains.unfinished(id).getFirst().wantsLink(published.publishedAt().plusSeconds(61))).isFalse();
		assertThat(chains.unfinished(id).getFirst().wantsLink(published.publishedAt().plusSeconds(121))).isTrue();
	}

	@Test
	void severalInstancesStartABroadcastOnce() throws InterruptedException {
		api.tokenStore().has(RunningApi.RIDER, Provider.APNS, 20_000, 90_000);
		CampaignId id = accepted("""
				{"application_ids": ["com.acme.rider"], "title": "Sale", "filter": {"providers": ["apns"]}}""");
		CampaignStarter starter = api.bean(CampaignStarter.class);

		try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
			instances.invokeAll(Collections.nCopies(8, Executors.callable(starter)));
		}

		await().until(() -> broadcasts.shown(id).path("status").stringValue().equals("running"));
		List<Chain> chains = api.bean(JdbcChains.class).unfinished(id);
		assertThat(chains).extracting(Chain::number).containsExactlyElementsOf(numbers(chains.size()));
		assertThat(chains.getLast().rangeEnd()).isEqualTo(90_000);
		assertThat(chains.subList(1, chains.size())).extracting(Chain::expandedTo)
			.isEqualTo(chains.subList(0, chains.size() - 1).stream().map(Chain::rangeEnd).toList());
		client.post("/campaign/" + id + "/cancel", RunningApi.OPERATOR_KEY, "");
	}

	private static List<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	@Test
	void theSameRequestUnderItsKeyIsOneCampaign() {
		String key = UUID.randomUUID().toString();
		String body = "{\"application_ids\": [\"com.acme.driver\"], \"title\": \"Sale\"}";

		Answer first = post(body, "Idempotency-Key", key);
		Answer second = post(body, "Idempotency-Key", key);
		Answer other = post(body.replace("Sale", "Other"), "Idempotency-Key", key);

		assertThat(first.status()).isEqualTo(202);
		assertThat(second.text()).isEqualTo(first.text());
		assertThat(second.header("Location")).isEqualTo(first.header("Location"));
		assertThat(other.status()).isEqualTo(409);
	}

	@Test
	void aBroadcastThatWasNotAcceptedIsWithdrawnUnlessItWasRepeated() {
		Campaigns campaigns = broadcasts.campaigns();
		Instant at = Instant.parse("2026-11-20T10:00:00.123Z");
		CampaignId id = CampaignId.create();
		campaigns.keep(scheduled(id, at));
		campaigns.keep(scheduled(id, at.plusSeconds(1)));

		campaigns.withdraw(id, at);
		assertThat(campaigns.find(id)).isPresent();
		campaigns.withdraw(id, at.plusSeconds(1));

		assertThat(campaigns.find(id)).isEmpty();
		assertThat(campaigns.books(id)).isEmpty();
	}

	private static Campaign scheduled(CampaignId id, Instant at) {
		Instant start = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
		return new BroadcastOrder(List.of(), PushContent.of("a", "", Payload.EMPTY), PushPriority.NORMAL, null,
				Duration.ofDays(1), CampaignFilter.NONE, null, null, start)
			.accept(id, List.of(), at);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"title\": \"a\"} | 400 | application_ids",
			"{\"application_ids\": [], \"title\": \"a\"} | 400 | application_ids",
			"{\"application_ids\": [null], \"title\": \"a\"} | 400 | application_ids",
			"{\"application_ids\": [\"*\", \"com.acme.rider\"], \"title\": \"a\"} | 400 | application_ids",
			"{\"application_ids\": [\"com.acme.unknown\"], \"title\": \"a\"} | 404 |",
			"{\"application_ids\": [\"*\"]} | 400 | title",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"ttl_seconds\": 59} | 400 | ttl_seconds",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"rate_per_second\": 0} | 400 | rate_per_second",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"ramp_up_seconds\": -1} | 400 | ramp_up_seconds",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"starts_at\": \"soon\"} | 400 | starts_at",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"starts_at\": \"2099-01-01T00:00:00Z\"} | 400 | starts_at",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"filter\": {\"providers\": [\"sms\"]}} | 400 | filter.providers[0]",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"filter\": {\"locales\": [\"d_e\"]}} | 400 | filter.locales",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"filter\": {\"app_versions\": [\"\"]}} | 400 | filter.app_versions",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"filter\": {\"active_within_days\": 0}} | 400 | filter.active_within_days",
			"{\"application_ids\": [\"*\"], \"title\": \"a\", \"unheard\": 1} | 400 | unheard" })
	void whatCannotBeSentIsRefusedWithTheField(String body, int status, String field) {
		Answer answer = post(body);

		assertThat(answer.status()).as("%s", answer).isEqualTo(status);
		assertThat(answer.json().path("field").stringValue(null)).isEqualTo(field);
	}

	@Test
	void contentThatNoProviderTakesIsRefused() {
		assertThat(post("{\"application_ids\": [\"*\"], \"title\": \"%s\"}".formatted("a".repeat(5000))).status())
			.isEqualTo(413);
	}

	@Test
	void onlySendersBroadcast() {
		String body = "{\"application_ids\": [\"*\"], \"title\": \"a\"}";

		assertThat(client.post("/broadcast", RunningApi.OPERATOR_KEY, body).status()).isEqualTo(403);
		assertThat(client.get("/campaign/" + CampaignId.create(), RunningApi.REGISTRAR_KEY).status()).isEqualTo(403);
		assertThat(client.get("/campaign/" + CampaignId.create()).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-20T18:13:59Z, 2026-11-20T18:13:59Z", "2026-11-20T18:14:00Z, 2026-11-20T18:17:00Z",
			"2026-11-20T18:15:30Z, 2026-11-20T18:17:00Z", "2026-11-20T18:17:00Z, 2026-11-20T18:17:00Z",
			"2026-11-20T23:59:30Z, 2026-11-21T00:02:00Z" })
	void largeOnesKeepOffTheQuarterHours(Instant moment, Instant kept) {
		assertThat(QuarterHours.keptOff(moment)).isEqualTo(kept);
	}

	@Test
	void chainsCoverEveryRegistrationOnce() {
		var audience = new Audience(new ApplicationId(RunningApi.RIDER), Provider.FCM,
				new DeviceCount(100_000, 400_002L, 1_000_003));

		List<Chain> chains = audience.chains(CampaignId.create(), 5, 4, Instant.now());

		assertThat(chains).extracting(Chain::number).containsExactly(5, 6, 7, 8);
		List<Long> bounds = new ArrayList<>(List.of(400_001L));
		chains.forEach(chain -> {
			assertThat(chain.expandedTo()).isEqualTo(bounds.getLast());
			bounds.add(chain.rangeEnd());
		});
		assertThat(bounds.getLast()).isEqualTo(1_000_003);
		assertThat(chains).extracting(chain -> chain.rangeEnd() - chain.expandedTo())
			.as("about as long as each other")
			.allMatch(length -> Math.abs(length - 150_000) < 2);
	}

	@Test
	void chainsTakeTurnsWithinASecond() {
		Instant now = Instant.now();
		var audience = new Audience(new ApplicationId(RunningApi.RIDER), Provider.FCM,
				new DeviceCount(100_000, null, 1_000_003));

		List<Long> turns = audience.chains(CampaignId.create(), 0, 8, now)
			.stream()
			.map(chain -> Duration.between(now, chain.dueAt()).toMillis())
			.sorted()
			.toList();

		assertThat(turns.getFirst()).isZero();
		for (int i = 1; i < turns.size(); i++) {
			assertThat(turns.get(i) - turns.get(i - 1)).isBetween(80L, 240L);
		}
	}

	private CampaignId accepted(String body) {
		Answer answer = post(body);
		assertThat(answer.status()).as("%s", answer).isEqualTo(202);
		CampaignId id = CampaignId.parse(answer.json().path("campaign_id").stringValue());
		assertThat(answer.header("Location")).contains("/campaign/" + id);
		assertThat(answer.json().path("status").stringValue()).isEqualTo(CampaignStatus.SCHEDULED.value());
		return id;
	}

	private Answer post(String body, String... headers) {
		return client.post("/broadcast", RunningApi.SENDER_KEY, body, headers);
	}

	/**
	 * The campaign's link, once it is with the broker; those of other tests are let go.
	 */
	private BroadcastLink link(CampaignId id) {
		List<BroadcastLink> found = new ArrayList<>();
		await().until(() -> {
			for (byte[] body : api.queues().take(BrokerTopology.CAMPAIGN_LINKS)) {
				found.add(HeraldJson.read(body, BroadcastLink.class));
			}
			return found.stream().anyMatch(link -> link.campaignId().equals(id));
		});
		return found.stream().filter(link -> link.campaignId().equals(id)).findFirst().orElseThrow();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

}
