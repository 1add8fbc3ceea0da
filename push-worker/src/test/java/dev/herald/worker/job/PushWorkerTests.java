package dev.herald.worker.job;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.common.push.TokenInvalidation;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.worker.fixture.BrokerPeer;
import dev.herald.worker.fixture.Phones;
import dev.herald.worker.fixture.RunningWorker;
import dev.herald.worker.push.Jobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The whole worker between a broker and the emulated providers. */
class PushWorkerTests {

	@TempDir
	private static Path directory;

	private static Phones phones;

	private static TestBroker broker;

	private static BrokerPeer peer;

	private static RunningWorker worker;

	@BeforeAll
	static void start() throws IOException, TimeoutException {
		phones = Phones.start(directory);
		broker = Backends.broker();
		peer = BrokerPeer.of(broker);
		peer.reset(RIDER, DRIVER);
		worker = RunningWorker.start(broker, phones);
	}

	@AfterAll
	static void stop() throws IOException {
		worker.close();
		peer.close();
		broker.close();
		phones.close();
	}

	@BeforeEach
	void reset() throws IOException {
		phones.reset();
		awaitConsuming(RIDER);
		awaitConsuming(DRIVER);
		peer.reset(RIDER, DRIVER);
	}

	@AfterEach
	void theBooksBalance() throws IOException {
		assertThat(peer.reports()).as("each job is reported once")
			.extracting(DeliveryReport::notificationId, DeliveryReport::registrationId)
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource
	void aJobIsPushedReportedAndAcknowledged(Provider provider) throws IOException {
		PushJob job = Jobs.job(RIDER, provider);

		peer.send(job);

		DeliveryReport report = awaitReports(1).getFirst();
		assertThat(report).returns(DeliveryOutcome.ACCEPTED, DeliveryReport::outcome)
			.returns(job.notificationId(), DeliveryReport::notificationId)
			.returns(job.device().registrationId(), DeliveryReport::registrationId)
			.returns(1, DeliveryReport::attempts);
		assertThat(phones.received(emulated(provider), RIDER)).singleElement()
			.satisfies(push -> assertThat(report.providerMessageId()).isEqualTo(push.messageId()));
		assertThat(worker.meter("herald.pushes", RIDER.value(), provider.value())
			.tag("outcome", "accepted")
			.counter()
			.count()).isPositive();
	}

	@ParameterizedTest
	@EnumSource
	void aDeadTokenIsReportedAndMadeKnown(Provider provider) throws IOException {
		phones.treat(emulated(provider), RIDER, new Behaviour.Unregistered(Instant.parse("2026-01-02T03:04:05Z")));
		PushJob job = Jobs.job(RIDER, provider);

		peer.send(job);

		assertThat(awaitReports(1)).extracting(DeliveryReport::outcome).containsExactly(DeliveryOutcome.TOKEN_INVALID);
		List<TokenInvalidation> invalidations = new ArrayList<>();
		await().untilAsserted(() -> {
			invalidations.addAll(peer.invalidations());
			assertThat(invalidations).singleElement()
				.returns(job.device().token(), TokenInvalidation::token)
				.returns(job.device().registrationId(), TokenInvalidation::registrationId);
		});
	}

	@ParameterizedTest
	@EnumSource
	void aFailedPushComesBackThroughADelayQueue(Provider provider) throws IOException {
		phones.treat(emulated(provider), RIDER, new Behaviour.ServerError(503, null), 1);

		peer.send(Jobs.job(RIDER, provider));

		assertThat(awaitReports(1)).singleElement()
			.returns(DeliveryOutcome.ACCEPTED, DeliveryReport::outcome)
			.returns(2, DeliveryReport::attempts);
		assertThat(phones.received(emulated(provider), RIDER)).hasSize(2);
	}

	@Test
	void anExpiredJobIsNotSent() throws IOException {
		PushJob expired = Jobs.job(RIDER, Provider.FCM, "tok", PushContent.of("Title", "Message", Payload.EMPTY),
				PushPriority.HIGH, null, Instant.now().minusSeconds(1));

		peer.send(expired);

		assertThat(awaitReports(1)).extracting(DeliveryReport::outcome).containsExactly(DeliveryOutcome.EXPIRED);
		assertThat(phones.received(emulated(Provider.FCM), RIDER)).isEmpty();
	}

	@Test
	void whatCannotBeReadIsSetAsideAndHoldsNothingUp() throws IOException {
		PushJob misplaced = Jobs.job(DRIVER, Provider.FCM);
		peer.send(RIDER, Provider.FCM, "{".getBytes(StandardCharsets.UTF_8));
		peer.send(RIDER, Provider.FCM, ofAnotherVersion(Jobs.job(RIDER, Provider.FCM)));
		peer.send(RIDER, Provider.FCM, "[]".getBytes(StandardCharsets.UTF_8));
		byte[] valid = HeraldJson.write(Jobs.job(RIDER, Provider.FCM));
		byte[] megabyte = Arrays.copyOf(valid, 1_000_000);
		Arrays.fill(megabyte, valid.length, megabyte.length, (byte) ' ');
		peer.send(RIDER, Provider.FCM, megabyte);
		peer.send(RIDER, Provider.FCM, valid, "text/xml");
		peer.send(RIDER, Provider.FCM, HeraldJson.write(misplaced));

		peer.send(Jobs.job(RIDER, Provider.FCM));

		assertThat(awaitReports(1)).extracting(DeliveryReport::outcome).containsExactly(DeliveryOutcome.ACCEPTED);
		List<String> reasons = new ArrayList<>();
		await().untilAsserted(() -> {
			reasons.addAll(peer.poison());
			assertThat(reasons).hasSize(6)
				.anyMatch(reason -> reason.contains("found 1000000 bytes, and at most 262144 are taken"))
				.anyMatch(reason -> reason.contains("the content type is \"text/xml\""))
				.anyMatch(reason -> reason.contains("version of a push job must be 1, but was 2"))
				.anyMatch(reason -> reason
					.contains("a job for com.acme.driver.fcm was in queue push.com.acme.rider.fcm"));
		});
		assertThat(phones.received(emulated(Provider.FCM), DRIVER)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aRefusedApplicationPausesAloneKeepsItsJobsAndResumesByItself(Provider provider) throws IOException {
		String lane = RIDER + "." + provider;
		phones.emulators().revokeCredentials(emulated(provider), RIDER.value());
		for (int i = 0; i < 30; i++) {
			peer.send(Jobs.job(RIDER, provider));
		}

		await().atMost(RunningWorker.patience())
			.untilAsserted(() -> assertThat(worker.lane(lane)).contains("state=p", "reason="));
		assertThat(worker.meter("herald.lane.paused", RIDER.value(), provider.value()).gauge().value()).isEqualTo(1);
		peer.send(Jobs.job(DRIVER, provider));
		assertThat(awaitReports(1)).extracting(DeliveryReport::applicationId).containsExactly(DRIVER);
		phones.emulators().restoreCredentials(emulated(provider), RIDER.value());

		assertThat(awaitReports(31)).extracting(DeliveryReport::outcome).containsOnly(DeliveryOutcome.ACCEPTED);
		assertThat(phones.accepted(emulated(provider), RIDER)).isEqualTo(30);
		assertThat(worker.meter("herald.lane.paused", RIDER.value(), provider.value()).gauge().value()).isZero();
	}

	@Test
	void aCredentialFileThatBreaksPausesItsLaneOnlyAndIsReadAgainOnceMended() throws IOException {
		Path key = phones.emulators().credentials(RIDER.value()).serviceAccountFile();
		String good = Files.readString(key);
		phones.configure(DRIVER);
		await().atMost(RunningWorker.patience())
			.untilAsserted(() -> assertThat(peer.consumers(RIDER, Provider.FCM)).isZero());
		Files.writeString(key, "{}");
		phones.configure(RIDER, DRIVER);
		await().atMost(RunningWorker.patience())
			.untilAsserted(() -> assertThat(worker.lane("com.acme.rider.fcm")).contains("cannot be used"));

		peer.send(Jobs.job(RIDER, Provider.FCM));
		peer.send(Jobs.job(RIDER, Provider.APNS));
		assertThat(awaitReports(1)).extracting(DeliveryReport::provider).containsExactly(Provider.APNS);
		Files.writeString(key, good);

		assertThat(awaitReports(2)).extracting(DeliveryReport::outcome).containsOnly(DeliveryOutcome.ACCEPTED);
	}

	@Test
	void aProviderThatHangsForOneApplicationHoldsUpNoOther() throws IOException {
		phones.treat(emulated(Provider.APNS), RIDER, new Behaviour.Hang());
		for (int i = 0; i < 600; i++) {
			peer.send(Jobs.job(RIDER, Provider.APNS));
		}
		await().atMost(RunningWorker.patience())
			.untilAsserted(() -> assertThat(phones.received(emulated(Provider.APNS), RIDER)).hasSizeGreaterThan(15));

		for (int i = 0; i < 100; i++) {
			peer.send(Jobs.job(DRIVER, Provider.APNS));
			peer.send(Jobs.job(RIDER, Provider.FCM));
		}

		await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
			assertThat(phones.accepted(emulated(Provider.APNS), DRIVER)).isEqualTo(100);
			assertThat(phones.accepted(emulated(Provider.FCM), RIDER)).isEqualTo(100);
		});
		phones.reset();
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(peer.reports()).hasSize(800));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void aReportThatTheBrokerDoesNotTakeIsPublishedAgainAndSaidOnce(CapturedOutput output) throws IOException {
		String said = "The broker did not take what became of jobs of";
		peer.deleteReports();
		try {
			peer.send(Jobs.job(RIDER, Provider.FCM));
			await().atMost(RunningWorker.patience()).until(() -> output.getOut().contains(said));
			await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
		}
		finally {
			peer.declareShared();
		}

		assertThat(awaitReports(1)).singleElement().returns(DeliveryOutcome.ACCEPTED, DeliveryReport::outcome);
		assertThat(output.getOut()).containsOnlyOnce(said);
		assertThat(phones.received(emulated(Provider.FCM), RIDER)).hasSize(1);
	}

	private static byte[] ofAnotherVersion(PushJob job) {
		String json = new String(HeraldJson.write(job), StandardCharsets.UTF_8);
		return json.replace("\"version\":1", "\"version\":2").getBytes(StandardCharsets.UTF_8);
	}

	private static List<DeliveryReport> awaitReports(int count) {
		return await().atMost(RunningWorker.patience()).until(peer::reports, reports -> reports.size() >= count);
	}

	private static void awaitConsuming(ApplicationId application) {
		for (Provider provider : Provider.values()) {
			await().atMost(RunningWorker.patience())
				.untilAsserted(() -> assertThat(worker.lane(application + "." + provider)).isEqualTo("consuming"));
		}
	}

	private static dev.herald.emulators.pushes.Provider emulated(Provider provider) {
		return switch (provider) {
			case FCM -> dev.herald.emulators.pushes.Provider.FCM;
			case APNS -> dev.herald.emulators.pushes.Provider.APNS;
		};
	}

}
