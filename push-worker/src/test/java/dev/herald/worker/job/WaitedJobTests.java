package dev.herald.worker.job;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.TokenInvalidation;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.pushes.ReceivedPush;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.worker.fixture.BrokerPeer;
import dev.herald.worker.fixture.Phones;
import dev.herald.worker.fixture.RunningWorker;
import dev.herald.worker.fixture.TokenStoreStandIn;
import dev.herald.worker.push.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose device was looked up a while ago. */
class WaitedJobTests {

	private static final dev.herald.emulators.pushes.Provider FCM = dev.herald.emulators.pushes.Provider.FCM;

	private static final dev.herald.emulators.pushes.Provider APNS = dev.herald.emulators.pushes.Provider.APNS;

	@TempDir
	private static Path directory;

	private static Phones phones;

	private static TestBroker broker;

	private static BrokerPeer peer;

	private static TokenStoreStandIn tokenStore;

	private static RunningWorker worker;

	@BeforeAll
	static void start() throws IOException, TimeoutException {
		phones = Phones.start(directory);
		broker = Backends.broker();
		peer = BrokerPeer.of(broker);
		peer.reset(RIDER, DRIVER);
		tokenStore = new TokenStoreStandIn();
		worker = RunningWorker.start(broker, phones,
				tokenStore.settings("herald.worker.registration-check-after=10s", "herald.worker.max-in-flight=10"));
	}

	@AfterAll
	static void stop() throws IOException {
		worker.close();
		tokenStore.close();
		peer.close();
		broker.close();
		phones.close();
	}

	@BeforeEach
	void reset() throws IOException {
		phones.reset();
		tokenStore.behave(TokenStoreStandIn.Behaviour.ANSWERS);
		peer.reset(RIDER, DRIVER);
	}

	@Test
	void aJobWhoseDeviceIsRegisteredStillIsSent() throws IOException {
		PushJob job = waited(Jobs.job(RIDER, Provider.FCM));
		tokenStore.register(job.device());

		peer.send(job);

		assertThat(awaitReports(1)).extracting(DeliveryReport::outcome).containsExactly(DeliveryOutcome.ACCEPTED);
	}

	@Test
	void aJobWhoseLoginIsOverIsNotSentAndSaysNothingOfTheToken() throws IOException {
		PushJob job = waited(Jobs.job(RIDER, Provider.FCM));
		double before = pushes("logged_out");

		peer.send(job);

		assertThat(awaitReports(1)).singleElement()
			.returns(DeliveryOutcome.TOKEN_INVALID, DeliveryReport::outcome)
			.returns("LoggedOut", DeliveryReport::reason)
			.returns(job.device().registrationId(), DeliveryReport::registrationId);
		assertThat(phones.received(FCM, RIDER)).isEmpty();
		assertThat(peer.invalidations()).isEmpty();
		await().untilAsserted(() -> assertThat(pushes("logged_out")).isEqualTo(before + 1));
		assertThat(peer.ready(RIDER, Provider.FCM)).isZero();
	}

	@Test
	void aRefreshedTokenIsTheOneThatIsSentToAndJudged() throws IOException {
		PushJob job = waited(Jobs.job(RIDER, Provider.FCM));
		DeviceToken refreshed = new DeviceToken(Jobs.token(Provider.FCM, 4711));
		tokenStore.register(registered(job, Provider.FCM, refreshed));
		phones.treat(FCM, RIDER, refreshed.value(), new Behaviour.Unregistered(Instant.parse("2026-01-02T03:04:05Z")));

		peer.send(job);

		awaitReports(1);
		assertThat(phones.received(FCM, RIDER)).extracting(ReceivedPush::token).containsExactly(refreshed.value());
		assertThat(await().until(peer::invalidations, found -> !found.isEmpty())).extracting(TokenInvalidation::token)
			.containsExactly(refreshed);
	}

	@Test
	void aDeviceThatChangedItsProviderIsReachedThroughTheOther() throws IOException {
		PushJob job = waited(Jobs.job(RIDER, Provider.FCM));
		DeviceToken moved = new DeviceToken(Jobs.token(Provider.APNS, 4711));
		tokenStore.register(registered(job, Provider.APNS, moved));

		peer.send(job);

		assertThat(awaitReports(1)).singleElement()
			.returns(DeliveryOutcome.ACCEPTED, DeliveryReport::outcome)
			.returns(job.notificationId(), DeliveryReport::notificationId)
			.returns(1, DeliveryReport::attempts);
		assertThat(phones.received(FCM, RIDER)).isEmpty();
		assertThat(phones.received(APNS, RIDER)).extracting(ReceivedPush::token).containsExactly(moved.value());
	}

	@Test
	void aJobThatWaitedForItsPlaceIsLookedUpAgain() throws IOException {
		phones.treat(FCM, RIDER, new Behaviour.Slow(Duration.ofSeconds(4)), 10);
		for (int i = 0; i < 10; i++) {
			peer.send(Jobs.job(RIDER, Provider.FCM));
		}
		await().atMost(RunningWorker.patience()).until(() -> phones.received(FCM, RIDER).size() == 10);

		// Fresh when it comes, and no longer when a place is free.
		PushJob late = accepted(Jobs.job(RIDER, Provider.FCM), Duration.ofSeconds(8));
		peer.send(late);

		assertThat(awaitReports(11)).filteredOn(report -> report.notificationId().equals(late.notificationId()))
			.extracting(DeliveryReport::reason)
			.containsExactly("LoggedOut");
		assertThat(phones.received(FCM, RIDER)).hasSize(10);
	}

	@Test
	void whoeverWaitsInALongLineIsLookedUpWithAllOthersAndNotBeforeTheLineMoves() throws IOException {
		standInLine();
		int before = tokenStore.lookups().size();
		for (int i = 0; i < 200; i++) {
			PushJob job = waited(Jobs.job(DRIVER, Provider.FCM));
			if (i < 150) {
				tokenStore.register(job.device());
			}
			peer.send(job);
		}
		await().atMost(RunningWorker.patience()).until(() -> peer.ready(DRIVER, Provider.FCM) == 0);
		assertThat(tokenStore.lookups()).hasSize(before);

		List<DeliveryReport> reports = awaitReports(230);

		assertThat(reports).filteredOn(report -> "LoggedOut".equals(report.reason())).hasSize(50);
		assertThat(phones.received(FCM, DRIVER)).hasSize(180);
		assertThat(tokenStore.lookups().subList(before, tokenStore.lookups().size())).hasSizeLessThan(5).contains(200);
	}

	@Test
	void whileTheTokenStoreIsAwayJobsWaitUnharmedAndFreshOnesDoNot() throws IOException {
		tokenStore.behave(TokenStoreStandIn.Behaviour.HANGS);
		double before = pushes("held");
		for (int i = 0; i < 200; i++) {
			PushJob job = waited(Jobs.job(RIDER, Provider.FCM));
			tokenStore.register(job.device());
			peer.send(job);
		}
		for (int i = 0; i < 20; i++) {
			peer.send(Jobs.job(RIDER, Provider.FCM));
		}

		assertThat(awaitReports(20)).extracting(DeliveryReport::outcome).containsOnly(DeliveryOutcome.ACCEPTED);
		await().atMost(RunningWorker.patience())
			.untilAsserted(() -> assertThat(pushes("held")).isGreaterThanOrEqualTo(before + 200));
		assertThat(phones.received(FCM, RIDER)).hasSize(20);
		assertThat(worker.health("tokenStoreHealthIndicator")).isEqualTo("DOWN");
		tokenStore.behave(TokenStoreStandIn.Behaviour.ANSWERS);

		List<DeliveryReport> reports = await().atMost(Duration.ofSeconds(60))
			.until(peer::reports, all -> all.size() >= 220);
		assertThat(reports)
			.allSatisfy(report -> assertThat(report).returns(DeliveryOutcome.ACCEPTED, DeliveryReport::outcome)
				.returns(1, DeliveryReport::attempts))
			.extracting(DeliveryReport::registrationId)
			.doesNotHaveDuplicates();
		assertThat(phones.received(FCM, RIDER)).hasSize(220);
	}

	@Test
	void whoeverWaitsInALongLineIsHeldWhileTheTokenStoreIsAway() throws IOException {
		standInLine();
		tokenStore.behave(TokenStoreStandIn.Behaviour.UNAVAILABLE);
		for (int i = 0; i < 50; i++) {
			PushJob job = waited(Jobs.job(DRIVER, Provider.FCM));
			tokenStore.register(job.device());
			peer.send(job);
		}

		await().atMost(RunningWorker.patience())
			.untilAsserted(() -> assertThat(pushes(DRIVER, "held")).isGreaterThanOrEqualTo(50));
		awaitReports(30);
		assertThat(phones.received(FCM, DRIVER)).hasSize(30);
		tokenStore.behave(TokenStoreStandIn.Behaviour.ANSWERS);

		List<DeliveryReport> reports = await().atMost(Duration.ofSeconds(60))
			.until(peer::reports, all -> all.size() >= 80);
		assertThat(reports)
			.allSatisfy(report -> assertThat(report).returns(DeliveryOutcome.ACCEPTED, DeliveryReport::outcome));
		assertThat(phones.received(FCM, DRIVER)).hasSize(80);
	}

	@Test
	void aJobThatExpiresWhileItIsHeldHasExpired() throws IOException {
		tokenStore.behave(TokenStoreStandIn.Behaviour.UNAVAILABLE);
		PushJob job = waited(Jobs.job(RIDER, Provider.FCM));
		Instant soon = Instant.now().plusSeconds(3);

		peer.send(Jobs.at(job, job.acceptedAt(), soon));

		assertThat(awaitReports(1)).singleElement()
			.returns(DeliveryOutcome.EXPIRED, DeliveryReport::outcome)
			.returns(1, DeliveryReport::attempts);
		assertThat(phones.received(FCM, RIDER)).isEmpty();
	}

	/**
	 * Thirty fresh jobs, each of which takes a second: more wait than are under way. Not
	 * in the other tests' lane, whose limit would remember how slow they were.
	 */
	private static void standInLine() throws IOException {
		phones.treat(FCM, DRIVER, new Behaviour.Slow(Duration.ofSeconds(1)), 30);
		for (int i = 0; i < 30; i++) {
			peer.send(Jobs.job(DRIVER, Provider.FCM));
		}
		await().atMost(RunningWorker.patience()).until(() -> !phones.received(FCM, DRIVER).isEmpty());
	}

	private static PushJob waited(PushJob job) {
		return accepted(job, Duration.ofMinutes(1));
	}

	private static PushJob accepted(PushJob job, Duration ago) {
		return Jobs.at(job, Instant.now().minus(ago), job.expiresAt());
	}

	private static Device registered(PushJob job, Provider provider, DeviceToken token) {
		Device device = job.device();
		return new Device(device.registrationId(), device.deviceId(), device.userId(), device.applicationId(), provider,
				token, device.environment(), device.registeredAt());
	}

	private static double pushes(String outcome) {
		return pushes(RIDER, outcome);
	}

	private static double pushes(ApplicationId application, String outcome) {
		return worker.meter("herald.pushes", application.value(), "fcm").tag("outcome", outcome).counter().count();
	}

	private static List<DeliveryReport> awaitReports(int count) {
		return await().atMost(RunningWorker.patience()).until(peer::reports, reports -> reports.size() >= count);
	}

}
