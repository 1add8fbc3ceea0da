package dev.herald.api.targeted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.Queues;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.fixture.TokenStoreStandIn;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.PairEnding;
import dev.herald.common.campaign.PairIdentity;
import dev.herald.common.campaign.PairReport;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TargetedTests {

	private static final ApplicationId RIDER = new ApplicationId(RunningApi.RIDER);

	private final TestBroker broker = Backends.broker();

	private final TokenStoreStandIn tokenStore = new TokenStoreStandIn();

	private RunningApi api;

	private ApiClient client;

	private Queues queues;

	@BeforeEach
	void start() {
		api = RunningApi.start(Backends.database("targeted"), broker, tokenStore);
		client = api.client();
		queues = api.queues();
	}

	@AfterEach
	void stop() {
		api.close();
		tokenStore.close();
		broker.close();
	}

	@Test
	void everyGoodLineOfALongStreamIsPublishedAndEveryBadOneNamed() {
		String stream = IntStream.rangeClosed(1, 20_000)
			.mapToObj(i -> i % 1000 == 0 ? "{\"user_id\": \"u" + i + "\"}"
					: "{\"user_id\":\"u%d\",\"article_id\":\"a%d\"}".formatted(i, i % 500))
			.collect(Collectors.joining("\n"));

		Answer answer = post(stream);

		assertThat(answer.status()).as("%s", answer).isEqualTo(202);
		assertThat(answer.json().path("taken").intValue()).isEqualTo(19_980);
		assertThat(answer.json().path("refused").intValue()).isEqualTo(20);
		JsonNode first = answer.json().path("refused_lines").path(0);
		assertThat(first.path("line").intValue()).isEqualTo(1000);
		assertThat(first.path("reason").stringValue()).contains("article_id is missing");
		assertThat(answer.header("Location")).contains("/campaign/" + campaign(answer));
		assertThat(drain()).hasSize(19_980)
			.allSatisfy(pair -> assertThat(pair.campaignId()).isEqualTo(campaign(answer)));
	}

	@Test
	void aLineIsRefusedForWhatItIsAndTheOthersAreTaken() {
		Answer answer = post("""
				{"user_id": "1", "article_id": "a"}
				nonsense
				{"user_id": "1", "article_id": "a", "articel": 1}
				{"user_id": "1", "article_id": "a", "campaign_id": "01932c07-6a00-7abc-8def-0123456789ab"}
				{"user_id": "1", "article_id": "a", "ttl_seconds": -1}
				{"user_id": "%s", "article_id": "a"}

				{"user_id": "2", "article_id": "b", "priority": "high", "payload": {"k": [1]}}
				""".formatted("x".repeat(9000)));

		assertThat(answer.json().path("taken").intValue()).isEqualTo(2);
		List<String> refused = new ArrayList<>();
		answer.json()
			.path("refused_lines")
			.forEach(line -> refused.add(line.path("line").intValue() + " " + line.path("reason").stringValue()));
		assertThat(refused).hasSize(5);
		assertThat(refused.get(0)).startsWith("2 ");
		assertThat(refused.get(1)).startsWith("3 ").contains("articel");
		assertThat(refused.get(2)).startsWith("4 ").contains("campaign_id must be absent");
		assertThat(refused.get(3)).startsWith("5 ").contains("ttl_seconds must be 0 to");
		assertThat(refused.get(4)).startsWith("6 ").contains("8192 bytes");
		assertThat(drain()).hasSize(2);
	}

	@Test
	void aRequestThatCannotBeIsRefusedWhole() {
		assertThat(exchange("?ttl_seconds=-1", "{}", RunningApi.RIDER).status()).isEqualTo(400);
		assertThat(exchange("?priority=urgent", "{}", RunningApi.RIDER).json().path("field").stringValue())
			.isEqualTo("priority");
		assertThat(exchange("", "{}", "com.acme.unknown").status()).isEqualTo(404);
		Answer noArticles = exchange("", "{}", RunningApi.DRIVER);
		assertThat(noArticles.status()).isEqualTo(400);
		assertThat(noArticles.text()).contains("content_service");
		assertThat(client.exchange(request("", "{}", RunningApi.RIDER).setHeader("Content-Type", "application/json"))
			.status()).isEqualTo(415);
		assertThat(client
			.exchange(request("", "{}", RunningApi.RIDER).setHeader("Authorization",
					"Bearer " + RunningApi.REGISTRAR_KEY))
			.status()).isEqualTo(403);
	}

	@Test
	void aRepetitionUnderItsKeyIsAnsweredAsTheFirstTimeAndAnotherStreamIsAConflict() {
		String key = UUID.randomUUID().toString();
		String stream = "{\"user_id\": \"1\", \"article_id\": \"a\"}\n";
		Answer first = client.exchange(request("", stream, RunningApi.RIDER).setHeader("Idempotency-Key", key));
		drain();

		Answer second = client.exchange(request("", stream, RunningApi.RIDER).setHeader("Idempotency-Key", key));
		Answer other = client
			.exchange(request("", stream + stream, RunningApi.RIDER).setHeader("Idempotency-Key", key));

		assertThat(second.status()).isEqualTo(202);
		assertThat(second.text()).isEqualTo(first.text());
		assertThat(other.status()).isEqualTo(409);
		assertThat(drain()).isEmpty();
	}

	@Test
	void pairsAreCountedOnceAndTheirNotificationsShown() {
		CampaignId campaign = campaign(post("{\"user_id\": \"1\", \"article_id\": \"a\"}"));
		String user = ApiClient.newUser();
		Device device = tokenStore.register(user, RunningApi.RIDER, Provider.FCM);
		PairReport queued = report(campaign, user, "a", PairEnding.QUEUED, List.of(device));
		PairReport missing = report(campaign, user, "b", PairEnding.NO_ARTICLE, List.of());
		PairReport alone = report(campaign, user, "c", PairEnding.NO_DEVICES, List.of());

		for (PairReport report : List.of(queued, missing, alone, queued, missing)) {
			queues.put(BrokerTopology.CAMPAIGN_PAIRS, HeraldJson.write(report));
		}

		awaitNotifications(user, 2);
		JsonNode failed = client.get("/campaign/%s/failed-pairs".formatted(campaign)).json();
		assertThat(failed.size()).isOne();
		assertThat(failed.path(0).path("ending").stringValue()).isEqualTo("no_article");
		assertCounts(campaign, 1, 1, 1);

		// It was given up, then delivered again and sent after all.
		queues.put(BrokerTopology.CAMPAIGN_PAIRS,
				HeraldJson.write(report(campaign, user, "b", PairEnding.QUEUED, List.of(device))));
		awaitNotifications(user, 3);
		assertCounts(campaign, 2, 1, 0);
		assertThat(client.get("/campaign/%s/failed-pairs".formatted(campaign)).json().size()).isZero();
	}

	@Test
	void aTargetedPushEndsOnceEverythingTakenIsAccountedForAndEveryJobHasEnded() {
		CampaignId campaign = campaign(post("{\"user_id\": \"1\", \"article_id\": \"a\"}"));
		Device device = tokenStore.register("1", RunningApi.RIDER, Provider.FCM);
		PairReport queued = report(campaign, "1", "a", PairEnding.QUEUED, List.of(device));
		queues.put(BrokerTopology.CAMPAIGN_PAIRS, HeraldJson.write(queued));
		assertCounts(campaign, 1, 0, 0);
		assertThat(status(campaign)).isEqualTo("running");

		PushJob job = PushJob
			.first(queued.notificationId(), device, content(), PushPriority.NORMAL, null, queued.acceptedAt(),
					queued.expiresAt())
			.of(campaign);
		queues.put(BrokerTopology.CAMPAIGN_REPORTS,
				HeraldJson.write(DeliveryReport.of(job, DeliveryOutcome.ACCEPTED, null, "id", Instant.now())));

		Awaitility.await().until(() -> status(campaign).equals("ended"));
	}

	@Test
	void aStandingCampaignBeginsWithWhatIsHeardOfItFirst() {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		CampaignId standing = PairIdentity.standingCampaign(RIDER, now);
		String user = ApiClient.newUser();
		queues.put(BrokerTopology.CAMPAIGN_PAIRS,
				HeraldJson.write(report(standing, user, "a", PairEnding.NO_DEVICES, List.of())));

		awaitNotifications(user, 1);

		assertThat(status(standing)).isEqualTo("running");
	}

	private void assertCounts(CampaignId campaign, int queued, int noDevices, int noArticle) {
		Awaitility.await().untilAsserted(() -> {
			JsonNode pairs = client.get("/campaign/" + campaign).json().path("pairs");
			assertThat(pairs.path("queued").intValue()).isEqualTo(queued);
			assertThat(pairs.path("no_devices").intValue()).isEqualTo(noDevices);
			assertThat(pairs.path("no_article").intValue()).isEqualTo(noArticle);
		});
	}

	private String status(CampaignId campaign) {
		return client.get("/campaign/" + campaign).json().path("status").stringValue();
	}

	private void awaitNotifications(String user, int count) {
		Awaitility.await()
			.until(() -> client.get("/notifications?user_id=%s".formatted(user))
				.json()
				.path("notifications")
				.size() == count);
	}

	private static PairReport report(CampaignId campaign, String user, String article, PairEnding ending,
			List<Device> devices) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		NotificationId id = PairIdentity.inCampaign(campaign, new UserId(user), article);
		boolean shown = ending == PairEnding.QUEUED || ending == PairEnding.NO_DEVICES;
		return new PairReport(PairReport.VERSION, campaign, id, new UserId(user), RIDER, article, ending,
				shown ? null : "because", shown ? content() : null, PushPriority.NORMAL, null, now,
				now.plusSeconds(3600), devices);
	}

	private static PushContent content() {
		return PushContent.of("About a", "Read it", Payload.EMPTY);
	}

	private static CampaignId campaign(Answer answer) {
		assertThat(answer.status()).as("%s", answer).isEqualTo(202);
		return CampaignId.parse(answer.json().path("campaign_id").stringValue());
	}

	private Answer post(String stream) {
		return exchange("", stream, RunningApi.RIDER);
	}

	private Answer exchange(String query, String stream, String application) {
		return client.exchange(request(query, stream, application));
	}

	private HttpRequest.Builder request(String query, String stream, String application) {
		return client.request("/targeted" + query, RunningApi.SENDER_KEY)
			.setHeader("application_id", application)
			.setHeader("Content-Type", "application/x-ndjson")
			.POST(HttpRequest.BodyPublishers.ofString(stream, StandardCharsets.UTF_8));
	}

	private List<TargetedPair> drain() {
		return queues.takeAll(BrokerTopology.targetedQueueName(RIDER))
			.stream()
			.map(body -> HeraldJson.read(body, TargetedPair.class))
			.toList();
	}

}
