package dev.herald.worker.apns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.base.applications.ApnsCredential;
import dev.herald.base.applications.Application;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.pushes.Provider;
import dev.herald.worker.fixture.Phones;
import dev.herald.worker.push.Jobs;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Accepted;
import dev.herald.worker.push.PushOutcome.Misconfigured;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushOutcome.TokenInvalid;
import dev.herald.worker.push.PushService;
import dev.herald.worker.push.UnusableCredentialException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real SDK against the emulated APNs. */
class ApnsPushServiceTests {

	@TempDir
	private static Path directory;

	private static Phones phones;

	private static ExecutorService executor;

	private ApnsProvider provider;

	private PushService service;

	@BeforeAll
	static void start() {
		phones = Phones.start(directory);
		executor = Executors.newVirtualThreadPerTaskExecutor();
	}

	@AfterAll
	static void stop() {
		executor.close();
		phones.close();
	}

	@BeforeEach
	void open() {
		phones.reset();
		provider = provider(phones.emulators().apnsPort());
		service = provider.open(phones.application(Phones.RIDER));
	}

	private static ApnsProvider provider(int port) {
		return new ApnsProvider(new ApnsProperties("localhost:" + port, phones.emulators().authorityFile(), 2,
				Duration.ofSeconds(2), Duration.ofSeconds(1), 1), executor, Clock.systemUTC());
	}

	@AfterEach
	void close() {
		service.close();
		provider.close();
	}

	@Test
	void anAcceptedPushHasItsApnsId() {
		PushJob job = job();

		PushOutcome outcome = send(job);

		assertThat(phones.received(Provider.APNS, Phones.RIDER)).singleElement().satisfies(push -> {
			assertThat(outcome).isEqualTo(new Accepted(String.valueOf(push.messageId())));
			assertThat(push.title()).isEqualTo("Your driver is here");
			assertThat(push.collapseKey()).isEqualTo(job.notificationId().toString());
			assertThat(push.headers())
				.containsAllEntriesOf(Map.of("apns-push-type", "alert", "apns-priority", "10", "apns-topic",
						"com.acme.rider", "apns-expiration", Long.toString(job.expiresAt().getEpochSecond())));
		});
	}

	@Test
	void aDeadTokenIsInvalidSinceApnsKnows() {
		Instant diedAt = Instant.parse("2026-01-02T03:04:05.678Z");
		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.Unregistered(diedAt));

		assertThat(send(job())).isEqualTo(new TokenInvalid("Unregistered", diedAt));
	}

	@Test
	void aBadTokenIsInvalidOnceAnotherWasAccepted() {
		PushJob bad = job();
		phones.treat(Provider.APNS, Phones.RIDER, bad.device().token().value(), new Behaviour.BadDeviceToken());

		assertThat(send(bad)).isEqualTo(new Rejected("BadDeviceToken"));
		assertThat(send(job())).isInstanceOf(Accepted.class);
		assertThat(send(bad)).isInstanceOf(TokenInvalid.class);
	}

	@Test
	void manyBadTokensAndNoneAcceptedMeanMisconfiguredAlsoForAServiceOpenedAnew() {
		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.Refuse("DeviceTokenNotForTopic"));
		for (int i = 1; i < TokenStandings.REFUSALS_THAT_CONVICT; i++) {
			assertThat(send(job())).isInstanceOf(Rejected.class);
		}
		assertThat(send(job())).isInstanceOf(Misconfigured.class);

		service.close();
		service = provider.open(phones.application(Phones.RIDER));

		assertThat(send(job())).isInstanceOf(Misconfigured.class);
	}

	@Test
	void whatIsNoTokenAtAllIsNotSent() {
		assertThat(send(Jobs.job(Phones.RIDER, dev.herald.common.identity.Provider.APNS, "../x?y")))
			.isEqualTo(new Rejected("BadDeviceToken"));
		assertThat(phones.received(Provider.APNS, Phones.RIDER)).isEmpty();
	}

	@Test
	void aPushThatIsTooLargeIsNotSent() {
		PushJob job = Jobs.job(dev.herald.common.identity.Provider.APNS,
				PushContent.of("Title", "x".repeat(5000), Payload.EMPTY));

		assertThat(send(job)).isEqualTo(new Rejected("PayloadTooLarge"));
		assertThat(phones.received(Provider.APNS, Phones.RIDER)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "500,InternalServerError", "503,ServiceUnavailable" })
	void aFailingApnsIsRetried(int status, String reason) {
		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.ServerError(status, null), 1);

		assertThat(send(job())).isEqualTo(Retryable.soon(reason));
	}

	@Test
	void aThrottledPushIsRetriedLater() {
		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.Throttle(null), 1);

		assertThat(send(job())).isEqualTo(Retryable.deviceBusy("TooManyRequests", Duration.ofMinutes(1)));
	}

	@Test
	void aRevokedKeyMeansMisconfigured() {
		phones.emulators().revokeCredentials(Provider.APNS, Phones.RIDER.value());

		PushOutcome outcome = send(job());

		phones.emulators().restoreCredentials(Provider.APNS, Phones.RIDER.value());
		assertThat(outcome).isEqualTo(new Misconfigured("InvalidProviderToken"));
	}

	@Test
	void anExpiredProviderTokenIsRenewed() {
		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.Refuse("ExpiredProviderToken"), 1);

		assertThat(send(job())).isEqualTo(Retryable.soon("ExpiredProviderToken"));
		assertThat(eventuallyAccepted()).isTrue();
	}

	@Test
	void aDroppedConnectionAndAGoAwayAreRetried() {
		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.DropConnection(), 1);
		assertThat(send(job())).isInstanceOf(Retryable.class);

		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.GoAway(), 1);
		assertThat(send(job())).isInstanceOf(Retryable.class);

		assertThat(eventuallyAccepted()).isTrue();
	}

	@Test
	void anAbsentApnsIsRetried() {
		try (ApnsProvider absent = provider(1); PushService nowhere = absent.open(phones.application(Phones.RIDER))) {
			assertThat(nowhere.send(job()).orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(Retryable.class);
		}
	}

	@Test
	void aClientThatAnswersNothingIsReplaced() {
		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.Hang(), 3000);
		// More than the streams of both connections: a further push could not even be
		// sent.
		CompletableFuture<?>[] hanging = IntStream.range(0, 3000)
			.mapToObj(i -> service.send(job()))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(hanging).orTimeout(20, TimeUnit.SECONDS).join();
		assertThat(hanging).allSatisfy(outcome -> assertThat(outcome.join()).isInstanceOfSatisfying(Retryable.class,
				retryable -> assertThat(retryable.reason()).startsWith("NoAnswer")));
		phones.reset();

		assertThat(eventuallyAccepted()).isTrue();
	}

	@Test
	void hundredsInFlightShareTwoConnections() {
		// Those of a client that another test gave up may still be closing.
		int connectionsBefore = phones.emulators().connectionCount(Provider.APNS);
		phones.treat(Provider.APNS, Phones.RIDER, new Behaviour.Slow(Duration.ofMillis(300)));

		CompletableFuture<?>[] pushes = IntStream.range(0, 500)
			.mapToObj(i -> service.send(job()))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(pushes).orTimeout(30, TimeUnit.SECONDS).join();

		assertThat(phones.accepted(Provider.APNS, Phones.RIDER)).isEqualTo(500);
		assertThat(phones.emulators().connectionCount(Provider.APNS) - connectionsBefore).isLessThanOrEqualTo(2);
	}

	@Test
	void aMissingKeyIsNamed() {
		Path missing = directory.resolve("missing.p8");

		assertThatExceptionOfType(UnusableCredentialException.class).isThrownBy(() -> provider.open(with(missing)))
			.withMessage("APNs key %s does not exist or cannot be read", missing);
	}

	@Test
	void aBrokenKeyIsNamedAndNotQuoted() throws IOException {
		Path broken = Files.writeString(directory.resolve("broken.p8"),
				"-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

		assertThatExceptionOfType(UnusableCredentialException.class).isThrownBy(() -> provider.open(with(broken)))
			.withMessageStartingWith("APNs key %s cannot be used", broken)
			.withMessageNotContaining("c2VjcmV0")
			.withNoCause();
	}

	private static Application with(Path key) {
		return new Application(Phones.RIDER, false, null, new ApnsCredential(key, "KEY1234567", "TEAM123456", "topic"));
	}

	private static PushJob job() {
		return Jobs.job(Phones.RIDER, dev.herald.common.identity.Provider.APNS);
	}

	private PushOutcome send(PushJob job) {
		return service.send(job).orTimeout(10, TimeUnit.SECONDS).join();
	}

	/** pushy may try a connection of the pool that is about to close. */
	private boolean eventuallyAccepted() {
		return IntStream.range(0, 10).anyMatch(i -> send(job()) instanceof Accepted);
	}

}
