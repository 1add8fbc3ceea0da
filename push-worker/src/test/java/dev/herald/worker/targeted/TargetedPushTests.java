package dev.herald.worker.targeted;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.campaign.CampaignKind;
import dev.herald.common.campaign.CampaignState;
import dev.herald.common.campaign.CampaignStatus;
import dev.herald.common.campaign.PairEnding;
import dev.herald.common.campaign.PairIdentity;
import dev.herald.common.campaign.PairReport;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.device.Device;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.PushPriority;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.worker.fixture.BrokerPeer;
import dev.herald.worker.fixture.ContentServer;
import dev.herald.worker.fixture.ContentServer.Behaviour;
import dev.herald.worker.fixture.NotificationApiStandIn;
import dev.herald.worker.fixture.Phones;
import dev.herald.worker.fixture.RunningWorker;
import dev.herald.worker.fixture.TokenStoreStandIn;
import dev.herald.worker.push.Jobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs on their way from a broker through a worker to emulated phones. */
class TargetedPushTests {

	@TempDir
	private Path directory;

	private final ContentServer content = new ContentServer();

	private final TokenStoreStandIn tokenStore = new TokenStoreStandIn();

	private final NotificationApiStandIn api = new NotificationApiStandIn();

	private Phones phones;

	private TestBroker broker;

	private BrokerPeer peer;

	private RunningWorker worker;

	@BeforeEach
	void start() throws IOException, TimeoutException {
		phones = Phones.start(directory);
		phones.configureContent(RIDER, content.url());
		broker = Backends.broker();
		peer = BrokerPeer.of(broker);
		peer.reset(RIDER, DRIVER);
		worker = startWorker();
	}

	private RunningWorker startWorker() {
		String[] apiSettings = api.settings();
		return RunningWorker.start(broker, phones,
				tokenStore.settings(apiSettings[0], apiSettings[1], "herald.content.breaker-wait=500ms",
						"herald.content.keep-failure=500ms", "herald.content.backoff=10ms",
						"herald.content.timeout=500ms", "herald.worker.targeted.wait-for-room=1s"));
	}

	@AfterEach
	void stop() throws IOException {
		worker.close();
		peer.close();
		broker.close();
		phones.close();
		content.close();
		tokenStore.close();
		api.close();
	}

	@Test
	void eachUserGetsTheirArticleAndEachArticleIsLoadedOnce() throws IOException {
		List<Device> devices = IntStream.range(0, 300).mapToObj(i -> user(Provider.FCM)).toList();

		for (int i = 0; i < devices.size(); i++) {
			peer.sendPair(RIDER, TargetedPair.of(devices.get(i).userId(), "article-" + i % 5));
		}

		Awaitility.await()
			.atMost(RunningWorker.patience())
			.until(() -> phones.accepted(dev.herald.emulators.pushes.Provider.FCM, RIDER) == 300);
		Map<PairEnding, Long> endings = endings(300);
		assertThat(endings).containsExactly(Map.entry(PairEnding.QUEUED, 300L));
		assertThat(content.requests()).isEqualTo(5);
		assertThat(peer.pairReports()).allSatisfy(report -> {
			assertThat(report.campaignId()).isEqualTo(PairIdentity.standingCampaign(RIDER, report.acceptedAt()));
			assertThat(report.devices()).hasSize(1);
		});
		assertThat(worker.health("targetedHealthIndicator")).isEqualTo("UP");
	}

	@Test
	void aPairEndsWithTheReasonWhyNobodyWasShownAnything() throws IOException {
		Device device = user(Provider.APNS);
		peer.sendPair(RIDER, TargetedPair.of(device.userId(), "missing-1"));
		peer.sendPair(RIDER, TargetedPair.of(new UserId("nobody"), "article"));
		content.answer("broken", "{}");
		peer.sendPair(RIDER, TargetedPair.of(device.userId(), "broken"));
		peer.sendPair(RIDER, new TargetedPair(device.userId(), "article", null, null, 0, null, null));
		CampaignId unknown = CampaignId.create();
		peer.sendPair(RIDER, TargetedPair.of(device.userId(), "article").of(unknown));
		peer.sendPair(DRIVER, TargetedPair.of(device.userId(), "article"));

		Map<PairEnding, Long> endings = endings(6);

		assertThat(endings).containsOnly(Map.entry(PairEnding.NO_ARTICLE, 1L), Map.entry(PairEnding.NO_DEVICES, 1L),
				Map.entry(PairEnding.GIVEN_UP, 3L), Map.entry(PairEnding.EXPIRED, 1L));
		Set<String> reasons = peer.pairReports()
			.stream()
			.filter(report -> report.ending() == PairEnding.GIVEN_UP)
			.map(PairReport::reason)
			.collect(Collectors.toSet());
		assertThat(reasons).anyMatch(reason -> reason.contains("no content_service"))
			.anyMatch(reason -> reason.contains(unknown + " is not known"))
			.anyMatch(reason -> reason.contains("cannot be shown"));
	}

	@Test
	void aContentServiceThatFailsForAWhileDelaysPairsAndLosesNone() throws IOException, InterruptedException {
		content.behave(Behaviour.FAILS);
		List<Device> devices = IntStream.range(0, 250).mapToObj(i -> user(Provider.FCM)).toList();
		for (int i = 0; i < devices.size(); i++) {
			peer.sendPair(RIDER, TargetedPair.of(devices.get(i).userId(), "article-" + i % 10));
		}
		Awaitility.await()
			.atMost(RunningWorker.patience())
			.until(() -> worker.targeted(RIDER).contains("circuit open"));
		Thread.sleep(1000);
		assertThat(peer.pairReports()).isEmpty();
		assertThat(content.requests()).as("left alone").isLessThan(60);

		content.behave(Behaviour.ANSWERS);

		assertThat(endings(250)).containsExactly(Map.entry(PairEnding.QUEUED, 250L));
		Awaitility.await()
			.atMost(RunningWorker.patience())
			.until(() -> phones.accepted(dev.herald.emulators.pushes.Provider.FCM, RIDER) == 250);
	}

	@Test
	void oneArticleThatFailsDelaysItsOwnPairsAlone() throws IOException {
		content.failAt("bad");
		Device first = user(Provider.FCM);
		Device second = user(Provider.FCM);
		for (int i = 0; i < 40; i++) {
			peer.sendPair(RIDER, TargetedPair.of(first.userId(), "good-" + i));
		}
		endings(40);
		peer.sendPair(RIDER, TargetedPair.of(second.userId(), "bad"));
		Awaitility.await().atMost(RunningWorker.patience()).until(() -> content.requests("bad") >= 3);
		peer.sendPair(RIDER, TargetedPair.of(second.userId(), "good-1"));
		assertThat(endings(41)).containsExactly(Map.entry(PairEnding.QUEUED, 41L));

		content.failAt(null);

		assertThat(endings(42)).containsExactly(Map.entry(PairEnding.QUEUED, 42L));
	}

	@Test
	void aPausedCampaignIsHeldAndACancelledOneEnds() throws IOException, InterruptedException {
		Device device = user(Provider.FCM);
		CampaignId id = CampaignId.create();
		api.tell(id, state(id, CampaignStatus.PAUSED));
		peer.sendPair(RIDER, TargetedPair.of(device.userId(), "a").of(id));
		Awaitility.await().atMost(RunningWorker.patience()).until(() -> worker.targeted(RIDER).contains("is paused"));

		api.tell(id, state(id, CampaignStatus.RUNNING));
		assertThat(endings(1)).containsExactly(Map.entry(PairEnding.QUEUED, 1L));
		PairReport report = peer.pairReports().getFirst();
		assertThat(report.campaignId()).isEqualTo(id);
		assertThat(report.notificationId()).isEqualTo(PairIdentity.inCampaign(id, device.userId(), "a"));

		api.tell(id, state(id, CampaignStatus.CANCELLED));
		Thread.sleep(1500);
		peer.sendPair(RIDER, TargetedPair.of(device.userId(), "b").of(id));
		assertThat(endings(2)).containsEntry(PairEnding.CANCELLED, 1L);
	}

	@Test
	void nothingIsSentOrLostWhileTheOtherServicesAreAway() throws IOException {
		Device device = user(Provider.FCM);
		api.away(true);
		tokenStore.behave(TokenStoreStandIn.Behaviour.UNAVAILABLE);
		peer.sendPair(RIDER, TargetedPair.of(device.userId(), "a"));
		Awaitility.await()
			.atMost(RunningWorker.patience())
			.until(() -> worker.targeted(RIDER).contains("notification API"));
		api.away(false);
		Awaitility.await().atMost(RunningWorker.patience()).until(() -> worker.targeted(RIDER).contains("token store"));
		tokenStore.behave(TokenStoreStandIn.Behaviour.ANSWERS);

		assertThat(endings(1)).containsExactly(Map.entry(PairEnding.QUEUED, 1L));
	}

	@Test
	void whatCannotBeReadIsSetAside() throws IOException {
		peer.sendPair(RIDER, "no pair".getBytes(StandardCharsets.UTF_8));
		Device device = user(Provider.FCM);
		peer.sendPair(RIDER, TargetedPair.of(device.userId(), "a"));

		assertThat(endings(1)).containsExactly(Map.entry(PairEnding.QUEUED, 1L));
		assertThat(peer.poison()).hasSize(1);
	}

	@Test
	void aWorkerThatStopsGivesBackWhatItHolds() throws IOException {
		content.behave(Behaviour.HANGS);
		List<Device> devices = IntStream.range(0, 20).mapToObj(i -> user(Provider.FCM)).toList();
		for (Device device : devices) {
			peer.sendPair(RIDER, TargetedPair.of(device.userId(), "a"));
		}
		Awaitility.await().atMost(RunningWorker.patience()).until(() -> content.requests("a") > 0);

		worker.close();
		content.behave(Behaviour.ANSWERS);
		worker = startWorker();

		endings(20);
		Set<String> ids = new HashSet<>();
		peer.pairReports().forEach(report -> ids.add(report.notificationId().toString()));
		assertThat(ids).hasSize(20);
	}

	private Device user(Provider provider) {
		Device any = Jobs.job(RIDER, provider).device();
		Device device = new Device(any.registrationId(), any.deviceId(), new UserId("user-" + UUID.randomUUID()), RIDER,
				provider, any.token(), any.environment(), any.registeredAt());
		tokenStore.register(device);
		return device;
	}

	private static CampaignState state(CampaignId id, CampaignStatus status) {
		return new CampaignState(id, CampaignKind.TARGETED, status, 3600, PushPriority.NORMAL, null,
				Instant.now().truncatedTo(ChronoUnit.MILLIS));
	}

	private Map<PairEnding, Long> endings(int pairs) throws IOException {
		Awaitility.await()
			.atMost(RunningWorker.patience().multipliedBy(3))
			.until(() -> peer.pairReports().size() >= pairs);
		return peer.pairReports().stream().collect(Collectors.groupingBy(PairReport::ending, Collectors.counting()));
	}

}
