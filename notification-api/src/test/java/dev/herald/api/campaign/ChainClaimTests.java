package dev.herald.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.api.fixture.RunningApi;
import dev.herald.api.fixture.TokenStoreStandIn;
import dev.herald.common.campaign.CampaignState;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ChainClaimTests {

	private final RunningApi api = RunningApi.shared();

	private final BroadcastFixture broadcasts = new BroadcastFixture(api);

	@Test
	void aClaimGrantsOnePageToOneWorker() throws Exception {
		CampaignId id = broadcasts.running(100_000, null, null);

		List<LinkClaim> claims;
		try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<LinkClaim>> asked = Stream.generate(() -> workers.submit(() -> broadcasts.claim(id, 0)))
				.limit(20)
				.toList();
			workers.shutdown();
			assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
			claims = asked.stream().map(Future::resultNow).toList();
		}

		List<LinkClaim.Granted> granted = claims.stream()
			.filter(LinkClaim.Granted.class::isInstance)
			.map(LinkClaim.Granted.class::cast)
			.toList();
		assertThat(granted).hasSize(1);
		assertThat(claims).hasOnlyElementsOfTypes(LinkClaim.Granted.class, LinkClaim.Later.class);
		LinkClaim.Granted page = granted.getFirst();
		assertThat(page.page().provider()).isEqualTo(Provider.FCM);
		assertThat(page.page().upTo()).isEqualTo(100_000);
		assertThat(page.page().limit()).isEqualTo(Pace.LARGEST_PAGE);
		assertThat(page.nextInMillis()).as("no rate").isNull();
		assertThat(page.content().title()).isEqualTo("Sale");
		assertThat(Duration.between(page.acceptedAt(), page.expiresAt())).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void aPageThatIsDoneFreesTheNextAndLeavesTheLinkBehind() {
		CampaignId id = broadcasts.running(100_000, null, null);
		broadcasts.claim(id, 0);

		assertThat(broadcasts.claim(id, 700)).as("ahead").isInstanceOf(LinkClaim.Later.class);
		assertThat(broadcasts.done(id, 0, 700L, 1, 2).status()).isEqualTo(204);

		assertThat(broadcasts.claim(id, 0)).as("behind").isInstanceOf(LinkClaim.Over.class);
		assertThat(broadcasts.claim(id, 700)).isInstanceOf(LinkClaim.Granted.class);
	}

	@Test
	void aPageThatIsDoneTwiceMovesTheChainOnce() {
		CampaignId id = broadcasts.running(100_000, null, null);
		broadcasts.claim(id, 0);
		broadcasts.done(id, 0, 700L, 1, 2);
		broadcasts.claim(id, 700);
		broadcasts.done(id, 700, 1500L, 701);

		broadcasts.done(id, 0, 700L, 1, 2);

		assertThat(broadcasts.claim(id, 1500)).isInstanceOf(LinkClaim.Granted.class);
		assertThat(broadcasts.jobs(id)).isEqualTo("queued=3");
	}

	@Test
	void aWorkerThatDiesLosesItsClaim() {
		CampaignId id = broadcasts.running(100_000, null, null);
		broadcasts.claim(id, 0);

		assertThat(broadcasts.claim(id, 0)).isInstanceOf(LinkClaim.Later.class);

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(broadcasts.claim(id, 0)).isInstanceOf(LinkClaim.Granted.class));
	}

	@Test
	void aPausedCampaignWaitsAndACancelledOneIsOver() {
		CampaignId id = broadcasts.running(100_000, null, null);
		String campaign = "/campaign/" + id;

		assertThat(post(campaign + "/pause")).isEqualTo(200);
		assertThat(broadcasts.claim(id, 0)).isEqualTo(new LinkClaim.Later(1000));
		assertThat(post(campaign + "/pause")).as("said twice").isEqualTo(200);
		assertThat(post(campaign + "/resume")).isEqualTo(200);
		assertThat(broadcasts.claim(id, 0)).isInstanceOf(LinkClaim.Granted.class);
		assertThat(post(campaign + "/cancel")).isEqualTo(200);
		assertThat(broadcasts.claim(id, 0)).isEqualTo(new LinkClaim.Over());

		var refused = api.client().post(campaign + "/resume", RunningApi.SENDER_KEY, "");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.json().path("detail").stringValue()).contains("is cancelled and cannot be resumed");
		assertThat(post("/campaign/" + CampaignId.create() + "/pause")).isEqualTo(404);
		assertThat(post("/campaign/nonsense/pause")).isEqualTo(400);
	}

	@Test
	void theRateIsKeptOverPages() throws InterruptedException {
		CampaignId id = broadcasts.running(100_000, 40, null);

		LinkClaim.Granted first = (LinkClaim.Granted) broadcasts.claim(id, 0);
		long answered = System.nanoTime();
		assertThat(first.page().limit()).isEqualTo(40);
		broadcasts.done(id, 0, 40L, LongStream.rangeClosed(1, 40).toArray());

		Chain chain = api.bean(JdbcChains.class).find(id, 0).orElseThrow();
		assertThat(Duration.between(chain.publishedAt(), chain.dueAt()))
			.as("a second, less what the claim came too late")
			.isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
		long next = Objects.requireNonNull(first.nextInMillis());
		assertThat(next).as("a tenth of a second early is granted").isBetween(300L, 900L);
		Thread.sleep(Duration.ofNanos(answered + Duration.ofMillis(next).toNanos() - System.nanoTime()));
		assertThat(broadcasts.claim(id, 40)).isInstanceOf(LinkClaim.Granted.class);
		broadcasts.done(id, 40, 80L, LongStream.rangeClosed(41, 80).toArray());
		assertThat(api.bean(JdbcChains.class).find(id, 0).orElseThrow().dueAt()).as("no sooner for having come early")
			.isEqualTo(chain.dueAt().plusSeconds(1));
	}

	@Test
	void aPageThatHeldFewDevicesIsPaidForByWhatItHeld() {
		CampaignId id = broadcasts.running(100_000, 40, null);
		broadcasts.claim(id, 0);

		broadcasts.done(id, 0, 5000L, 17);

		Chain chain = api.bean(JdbcChains.class).find(id, 0).orElseThrow();
		assertThat(Duration.between(chain.publishedAt(), chain.dueAt())).isEqualTo(Duration.ofMillis(25));
	}

	@Test
	void aBroadcastThatRampsUpBeginsSmall() {
		CampaignId id = broadcasts.running(100_000, 600, Duration.ofMinutes(10));

		LinkClaim.Granted first = (LinkClaim.Granted) broadcasts.claim(id, 0);

		// A second of ten minutes is a six hundredth of the rate; a slow machine is
		// later.
		assertThat(first.page().limit()).isBetween(1, 60);
	}

	@Test
	void aBroadcastBesideTheRequestsOfOthersBeginsGently() throws Exception {
		try (TestDatabase database = Backends.database("beside");
				RunningApi asked = RunningApi.start(database, Backends.broker(), new TokenStoreStandIn(),
						Map.of("herald.campaigns.give-way", true))) {
			BroadcastFixture beside = new BroadcastFixture(asked);
			LinkClaim.Granted alone = (LinkClaim.Granted) beside.claim(beside.running(100_000, null, null), 0);
			for (int i = 0; i < 100; i++) {
				assertThat(asked.client().get("/notifications?limit=1").status()).isEqualTo(200);
			}

			LinkClaim.Granted gentle = (LinkClaim.Granted) beside.claim(beside.running(100_000, null, null), 0);

			assertThat(alone.page().limit()).isEqualTo(Pace.LARGEST_PAGE);
			assertThat(gentle.page().limit()).isBetween((int) GivingWay.LEAST, (int) GivingWay.GENTLE);
		}
	}

	@Test
	void theStateIsForWorkersAlone() {
		CampaignId id = broadcasts.running(100_000, null, null);
		String path = "/internal/campaigns/" + id;

		assertThat(api.client().get(path).status()).isEqualTo(403);
		CampaignState state = HeraldJson.read(
				api.client().get(path, RunningApi.WORKER_KEY).text().getBytes(StandardCharsets.UTF_8),
				CampaignState.class);
		assertThat(state).isEqualTo(broadcasts.campaigns().find(id).orElseThrow().state());
		assertThat(api.client().get("/internal/campaigns/" + CampaignId.create(), RunningApi.WORKER_KEY).status())
			.isEqualTo(404);
		assertThat(api.client().post(path + "/chains/0/claim?after=0", RunningApi.SENDER_KEY, "").status())
			.isEqualTo(403);
	}

	private int post(String path) {
		return api.client().post(path, RunningApi.OPERATOR_KEY, "").status();
	}

}
