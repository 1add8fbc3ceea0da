package dev.herald.worker.job;

import static dev.herald.worker.fixture.Phones.DRIVER;
import static dev.herald.worker.fixture.Phones.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.pushes.ReceivedPush;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestBroker;
import dev.herald.worker.fixture.BrokerPeer;
import dev.herald.worker.fixture.Phones;
import dev.herald.worker.fixture.RunningWorker;
import dev.herald.worker.push.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lane bears and what it is spared, before the emulated providers. */
class LaneTests {

	private static final dev.herald.emulators.pushes.Provider FCM = dev.herald.emulators.pushes.Provider.FCM;

	private static final dev.herald.emulators.pushes.Provider APNS = dev.herald.emulators.pushes.Provider.APNS;

	@TempDir
	private Path directory;

	private Phones phones;

	private TestBroker broker;

	private BrokerPeer peer;

	@BeforeEach
	void start() throws IOException, TimeoutException {
		phones = Phones.start(directory);
		broker = Backends.broker();
		peer = BrokerPeer.of(broker);
		peer.reset(RIDER, DRIVER);
	}

	@AfterEach
	void stop() throws IOException {
		peer.close();
		broker.close();
		phones.close();
	}

	@Test
	void anApplicationsFcmThatHangsHoldsUpNeitherItsApnsNorAnyoneElsesFcm() throws IOException {
		phones.treat(FCM, RIDER, new Behaviour.Hang());
		try (RunningWorker worker = RunningWorker.start(broker, phones, "herald.fcm.request-timeout=10s")) {
			send(RIDER, Provider.FCM, 600);
			await().atMost(RunningWorker.patience()).until(() -> phones.received(FCM, RIDER).size() >= 15);

			for (int i = 0; i < 100; i++) {
				peer.send(Jobs.job(RIDER, Provider.APNS));
				peer.send(Jobs.job(DRIVER, Provider.FCM));
				peer.send(Jobs.job(DRIVER, Provider.APNS));
			}

			await().atMost(RunningWorker.patience()).untilAsserted(() -> {
				assertThat(phones.accepted(APNS, RIDER)).isEqualTo(100);
				assertThat(phones.accepted(FCM, DRIVER)).isEqualTo(100);
				assertThat(phones.accepted(APNS, DRIVER)).isEqualTo(100);
			});
			assertThat(phones.received(FCM, RIDER)).as("a lane asks with few first").hasSizeLessThan(100);
			phones.reset();
			await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(peer.reports()).hasSize(900));
			assertThat(limit(worker, RIDER.value(), Provider.FCM)).isGreaterThanOrEqualTo(AdaptiveLimit.FLOOR);
		}
	}

	@Test
	void theLimitGrowsWithWhatTheProviderBearsAndShrinksWhenItFails() throws IOException {
		phones.treat(APNS, RIDER, new Behaviour.Slow(Duration.ofMillis(50)));
		try (RunningWorker worker = RunningWorker.start(broker, phones, "herald.worker.max-in-flight=200")) {
			send(RIDER, Provider.APNS, 5000);
			await().atMost(Duration.ofSeconds(40))
				.untilAsserted(() -> assertThat(limit(worker, RIDER.value(), Provider.APNS)).isEqualTo(200));

			phones.treat(APNS, RIDER, new Behaviour.ServerError(503, null));
			send(RIDER, Provider.APNS, 2000);

			await().atMost(Duration.ofSeconds(40))
				.untilAsserted(() -> assertThat(limit(worker, RIDER.value(), Provider.APNS)).isLessThan(20));
			assertThat(limit(worker, DRIVER.value(), Provider.APNS)).as("the other's").isEqualTo(20);
		}
	}

	@Test
	void aQuotaThatIsExceededSlowsItsLaneDownAndNoOther() throws IOException {
		phones.treat(FCM, RIDER, new Behaviour.Throttle(Duration.ofSeconds(1)));
		try (RunningWorker worker = RunningWorker.start(broker, phones)) {
			send(RIDER, Provider.FCM, 200);

			await().atMost(RunningWorker.patience())
				.untilAsserted(
						() -> assertThat(perSecond(worker, RIDER.value(), Provider.FCM)).isLessThanOrEqualTo(30));
			assertThat(perSecond(worker, DRIVER.value(), Provider.FCM)).isEqualTo(10_000);
			assertThat(perSecond(worker, RIDER.value(), Provider.APNS)).isInfinite();
			send(DRIVER, Provider.FCM, 100);
			await().atMost(RunningWorker.patience())
				.untilAsserted(() -> assertThat(phones.accepted(FCM, DRIVER)).isEqualTo(100));
			phones.reset();

			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(phones.accepted(FCM, RIDER)).isGreaterThan(50));
		}
	}

	@Test
	void aDeviceThatGetsTooManyPushesSlowsNoOtherDown() throws IOException {
		PushJob busy = Jobs.job(RIDER, Provider.APNS);
		phones.treat(APNS, RIDER, busy.device().token().value(), new Behaviour.Throttle(null));
		try (RunningWorker worker = RunningWorker.start(broker, phones)) {
			for (int i = 0; i < 20; i++) {
				peer.send(Jobs.job(RIDER, Provider.APNS, busy.device().token().value()));
			}
			send(RIDER, Provider.APNS, 100);

			await().atMost(RunningWorker.patience())
				.untilAsserted(() -> assertThat(phones.accepted(APNS, RIDER)).isEqualTo(100));
			assertThat(perSecond(worker, RIDER.value(), Provider.APNS)).isInfinite();
			assertThat(limit(worker, RIDER.value(), Provider.APNS)).isGreaterThanOrEqualTo(20);
		}
	}

	@Test
	void aQuotaHoldsAcrossAllWorkers() throws IOException {
		limit("fcm", 1200);
		try (RunningWorker first = RunningWorker.start(broker, phones);
				RunningWorker second = RunningWorker.start(broker, phones)) {
			await().atMost(RunningWorker.patience()).untilAsserted(() -> {
				assertThat(perSecond(first, RIDER.value(), Provider.FCM)).isEqualTo(10);
				assertThat(perSecond(second, RIDER.value(), Provider.FCM)).isEqualTo(10);
			});
			assertThat(first.queues().figures(RIDER, Provider.FCM))
				.hasValueSatisfying(figures -> assertThat(figures.consumers()).isEqualTo(2));

			send(RIDER, Provider.FCM, 100);
			await().atMost(RunningWorker.patience()).until(() -> phones.accepted(FCM, RIDER) == 100);

			List<ReceivedPush> received = phones.received(FCM, RIDER);
			Duration took = Duration.between(received.getFirst().receivedAt(), received.getLast().receivedAt());
			// 20 a second, but for what each may send at once.
			assertThat(took).isGreaterThan(Duration.ofMillis(4500));
		}
	}

	@Test
	void theUrgentOvertakeACampaignThatIsPrefetchedAlready() throws IOException {
		limit("apns", 600);
		try (RunningWorker worker = RunningWorker.start(broker, phones, "herald.apns.request-timeout=20s")) {
			await().atMost(RunningWorker.patience())
				.untilAsserted(() -> assertThat(perSecond(worker, RIDER.value(), Provider.APNS)).isEqualTo(10));
			for (int i = 0; i < 500; i++) {
				peer.send(job("Sale", PushPriority.NORMAL));
			}
			// Two seconds of work: by then the worker holds them all.
			await().atMost(RunningWorker.patience()).until(() -> phones.received(APNS, RIDER).size() >= 20);

			peer.send(job("Your driver is here", PushPriority.HIGH));

			await().atMost(RunningWorker.patience())
				.until(() -> phones.received(APNS, RIDER)
					.stream()
					.anyMatch(push -> push.payload().contains("Your driver is here")));
			assertThat(phones.received(APNS, RIDER)).hasSizeLessThan(250);
		}
		assertThat(peer.reports()).as("what waited for the rate went back").hasSizeLessThan(300);
		assertThat(peer.ready(RIDER, Provider.APNS)).isEqualTo(501 - peer.reports().size());
	}

	@Test
	void theFiguresOfAQueueAreAboutASecondOld() throws IOException {
		try (RunningWorker worker = RunningWorker.start(broker, phones)) {
			phones.emulators().revokeCredentials(FCM, RIDER.value());
			send(RIDER, Provider.FCM, 30);

			await().atMost(RunningWorker.patience())
				.untilAsserted(() -> assertThat(worker.queues().figures(RIDER, Provider.FCM))
					.hasValueSatisfying(figures -> assertThat(figures.ready()).isGreaterThan(10)));
			assertThat(worker.queues().figures(DRIVER, Provider.FCM)).hasValueSatisfying(figures -> {
				assertThat(figures.ready()).isZero();
				assertThat(figures.at()).isAfter(Instant.now().minusSeconds(10));
			});
		}
	}

	@Test
	void aCredentialThatBreaksLeavesTheLastGoodOneInUseAndIsTold() throws IOException {
		Path key = phones.emulators().credentials(RIDER.value()).serviceAccountFile();
		String good = Files.readString(key);
		try (RunningWorker worker = RunningWorker.start(broker, phones)) {
			awaitConsuming(worker, RIDER + ".fcm");

			Files.writeString(key, "{}");
			await().atMost(RunningWorker.patience())
				.untilAsserted(
						() -> assertThat(worker.lane(RIDER + ".fcm.credential_problem")).contains("cannot be used"));
			peer.send(Jobs.job(RIDER, Provider.FCM));
			awaitAccepted(1);
			assertThat(worker.lane(RIDER + ".fcm")).isEqualTo("consuming");

			Files.writeString(key, good);
			await().atMost(RunningWorker.patience())
				.untilAsserted(() -> assertThat(worker.lane(RIDER + ".fcm.credential_problem")).isEqualTo("null"));
			peer.send(Jobs.job(RIDER, Provider.FCM));
			awaitAccepted(2);
		}
	}

	@Test
	void aNewCredentialIsTakenUpInPlaceAndLosesNothing() throws IOException {
		Path key = phones.emulators().credentials(RIDER.value()).serviceAccountFile();
		phones.treat(FCM, RIDER, new Behaviour.Slow(Duration.ofMillis(200)));
		try (RunningWorker worker = RunningWorker.start(broker, phones)) {
			awaitConsuming(worker, RIDER + ".fcm");
			send(RIDER, Provider.FCM, 300);
			await().atMost(RunningWorker.patience()).until(() -> phones.accepted(FCM, RIDER) > 20);

			// The same account in other words: the old lane drains, a new one goes on.
			Files.writeString(key, Files.readString(key) + "\n");
			send(RIDER, Provider.FCM, 300);

			awaitAccepted(600);
			assertThat(worker.meter("herald.pushes", RIDER.value(), "fcm").tag("outcome", "accepted").counter().count())
				.as("the figures go on")
				.isEqualTo(600);
			assertThat(phones.received(FCM, RIDER)).as("nothing is sent twice").hasSize(600);
		}
	}

	@Test
	void aPausedLaneTriesANewCredentialAtOnce() throws IOException {
		Path key = phones.emulators().credentials(RIDER.value()).serviceAccountFile();
		String good = Files.readString(key);
		phones.emulators().revokeCredentials(FCM, RIDER.value());
		try (RunningWorker worker = RunningWorker.start(broker, phones, "herald.worker.pause.first=1h",
				"herald.worker.pause.longest=1h")) {
			peer.send(Jobs.job(RIDER, Provider.FCM));
			await().atMost(RunningWorker.patience())
				.untilAsserted(() -> assertThat(worker.lane(RIDER + ".fcm")).contains("paused"));
			phones.emulators().restoreCredentials(FCM, RIDER.value());

			Files.writeString(key, good + "\n");

			awaitAccepted(1);
			awaitConsuming(worker, RIDER + ".fcm");
		}
	}

	private void limit(String provider, int perMinute) throws IOException {
		String yaml = Files.readString(phones.applicationsFile());
		Files.writeString(phones.applicationsFile(), yaml.replace("  %s:\n".formatted(RIDER), """
				  %s:
				    limits: { %s: { per_minute: %d } }
				""".formatted(RIDER, provider, perMinute)));
	}

	private static PushJob job(String title, PushPriority priority) {
		PushJob like = Jobs.job(RIDER, Provider.APNS);
		return PushJob.first(like.notificationId(), like.device(), PushContent.of(title, "", Payload.EMPTY), priority,
				null, like.acceptedAt(), like.expiresAt());
	}

	private void send(dev.herald.common.identity.ApplicationId application, Provider provider, int count)
			throws IOException {
		for (int i = 0; i < count; i++) {
			peer.send(Jobs.job(application, provider));
		}
	}

	private void awaitAccepted(int count) {
		await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(peer.reports()).hasSize(count));
		try {
			assertThat(peer.reports()).extracting(DeliveryReport::outcome).containsOnly(DeliveryOutcome.ACCEPTED);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static void awaitConsuming(RunningWorker worker, String lane) {
		await().atMost(RunningWorker.patience())
			.untilAsserted(() -> assertThat(worker.lane(lane)).isEqualTo("consuming"));
	}

	private static double limit(RunningWorker worker, String application, Provider provider) {
		return worker.meter("herald.pushes.limit", application, provider.value()).gauge().value();
	}

	private static double perSecond(RunningWorker worker, String application, Provider provider) {
		return worker.meter("herald.pushes.rate.limit", application, provider.value()).gauge().value();
	}

}
