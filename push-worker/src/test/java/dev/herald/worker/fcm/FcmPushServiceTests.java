package dev.herald.worker.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.FcmCredential;
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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

/** The real SDK against the emulated FCM. */
class FcmPushServiceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@TempDir
	private static Path directory;

	private static Phones phones;

	private static ExecutorService virtualThreads;

	private static FcmProvider provider;

	private PushService service;

	@BeforeAll
	static void start() {
		phones = Phones.start(directory);
		virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
		provider = provider(phones.emulators().fcmUri());
	}

	private static FcmProvider provider(URI endpoint) {
		return new FcmProvider(
				new FcmProperties(endpoint, phones.emulators().authorityFile(), 4, TIMEOUT, Duration.ofSeconds(2)),
				virtualThreads, Clock.systemUTC());
	}

	@AfterAll
	static void stop() {
		virtualThreads.close();
		phones.close();
	}

	@BeforeEach
	void open() {
		phones.reset();
		service = provider.open(phones.application(Phones.RIDER));
	}

	@AfterEach
	void close() {
		service.close();
	}

	@Test
	void anAcceptedPushHasTheNameThatFcmGaveIt() {
		PushJob job = job();

		PushOutcome outcome = send(job);

		assertThat(phones.received(Provider.FCM, Phones.RIDER)).singleElement().satisfies(push -> {
			assertThat(outcome).isEqualTo(new Accepted(String.valueOf(push.messageId())));
			assertThat(push.title()).isEqualTo("Your driver is here");
			assertThat(push.notificationId()).isEqualTo(job.notificationId().toString());
		});
	}

	@Test
	void aDeadTokenIsInvalidSinceFcmWasAsked() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.Unregistered(Clock.systemUTC().instant()));
		var before = Clock.systemUTC().instant();

		PushOutcome outcome = send(job());

		assertThat(outcome).isInstanceOfSatisfying(TokenInvalid.class, invalid -> {
			assertThat(invalid.reason()).isEqualTo("UNREGISTERED");
			assertThat(invalid.invalidSince()).isBetween(before, Clock.systemUTC().instant());
		});
	}

	@Test
	void aMalformedTokenIsInvalid() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.BadDeviceToken());

		assertThat(send(job())).isInstanceOfSatisfying(TokenInvalid.class,
				invalid -> assertThat(invalid.reason()).isEqualTo("INVALID_ARGUMENT"));
	}

	@Test
	void aTokenOfAnotherProjectIsRejectedAndKept() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.SenderIdMismatch());

		assertThat(send(job())).isEqualTo(new Rejected("SENDER_ID_MISMATCH"));
	}

	@Test
	void aPushThatIsTooLargeIsNotSent() {
		PushJob job = Jobs.job(dev.herald.common.identity.Provider.FCM,
				PushContent.of("Title", "x".repeat(5000), Payload.EMPTY));

		assertThat(send(job)).isEqualTo(new Rejected("PayloadTooLarge"));
		assertThat(phones.received(Provider.FCM, Phones.RIDER)).isEmpty();
	}

	@Test
	void anExhaustedQuotaSaysWhenToComeBack() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.Throttle(Duration.ofSeconds(7)));

		assertThat(send(job())).isEqualTo(Retryable.overQuota("QUOTA_EXCEEDED", Duration.ofSeconds(7)));
	}

	@Test
	void anUnavailableFcmIsAskedOnceAndNotFiveTimes() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.ServerError(503, Duration.ofSeconds(30)));

		assertThat(send(job())).isEqualTo(Retryable.failing("UNAVAILABLE", Duration.ofSeconds(30)));
		assertThat(phones.received(Provider.FCM, Phones.RIDER)).hasSize(1);
	}

	@Test
	void aFailingFcmAndItsProxyAreRetried() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.ServerError(500, null), 1);
		assertThat(send(job())).isEqualTo(Retryable.soon("INTERNAL"));

		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.ServerError(502, null), 1);
		assertThat(send(job())).isEqualTo(Retryable.soon("HTTP 502"));
	}

	@Test
	void refusedCredentialsAreAskedAboutOnceAndMeanMisconfigured() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.BadCredentials());

		assertThat(send(job())).isInstanceOf(Misconfigured.class);
		assertThat(phones.received(Provider.FCM, Phones.RIDER)).hasSize(1);
	}

	@Test
	void aThirdPartyAuthErrorMeansMisconfigured() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.Refuse("THIRD_PARTY_AUTH_ERROR"));

		assertThat(send(job())).isInstanceOfSatisfying(Misconfigured.class,
				misconfigured -> assertThat(misconfigured.reason()).startsWith("THIRD_PARTY_AUTH_ERROR"));
	}

	@Test
	void aRevokedServiceAccountMeansMisconfigured() {
		phones.emulators().revokeCredentials(Provider.FCM, Phones.RIDER.value());

		PushOutcome outcome = send(job());

		phones.emulators().restoreCredentials(Provider.FCM, Phones.RIDER.value());
		assertThat(outcome).isInstanceOfSatisfying(Misconfigured.class,
				misconfigured -> assertThat(misconfigured.reason()).startsWith("NoAccessToken"));
	}

	@Test
	void aDroppedConnectionIsRetriedAndTheNextPushFindsANewOne() {
		assertThat(send(job())).isInstanceOf(Accepted.class);
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.DropConnection(), 1);

		assertThat(send(job())).isInstanceOfSatisfying(Retryable.class,
				retryable -> assertThat(retryable.reason()).startsWith("NoAnswer"));
		assertThat(send(job())).isInstanceOf(Accepted.class);
	}

	@Test
	void aGoAwayIsRetriedAndTheNextPushFindsANewConnection() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.GoAway(), 1);

		assertThat(send(job())).isInstanceOf(Retryable.class);
		assertThat(send(job())).isInstanceOf(Accepted.class);
	}

	@Test
	void anAbsentFcmIsRetried() {
		try (PushService nowhere = provider(URI.create("https://localhost:1")).open(phones.application(Phones.RIDER))) {
			assertThat(nowhere.send(job()).orTimeout(15, TimeUnit.SECONDS).join()).isInstanceOfSatisfying(
					Retryable.class, retryable -> assertThat(retryable.reason()).startsWith("NoAnswer"));
		}
	}

	@Test
	void anAnswerThatNeverComesIsGivenUpAndTheConnectionReplaced() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.Hang(), 1);

		assertThat(send(job())).isEqualTo(Retryable.soon("NoAnswer: Timeout"));
		assertThat(send(job())).isInstanceOf(Accepted.class);
	}

	@Test
	void oneConnectionTakesWhatItHasStreamsFor() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.Slow(Duration.ofMillis(300)));
		awaitThatNoneIsConnected();

		sendTogether(Http2Connections.STREAMS_PER_CONNECTION);

		assertThat(connections()).isEqualTo(1);
	}

	@Test
	void hundredsInFlightShareAFewConnections() {
		phones.treat(Provider.FCM, Phones.RIDER, new Behaviour.Slow(Duration.ofMillis(300)));
		awaitThatNoneIsConnected();

		sendTogether(320);

		assertThat(phones.accepted(Provider.FCM, Phones.RIDER)).isEqualTo(320);
		assertThat(connections()).isBetween(1, 4);
	}

	@Test
	void aMissingServiceAccountIsNamed() {
		Path missing = directory.resolve("missing.json");

		assertThatExceptionOfType(UnusableCredentialException.class).isThrownBy(() -> provider.open(with(missing)))
			.withMessage("service account %s does not exist", missing);
	}

	@Test
	void aBrokenServiceAccountIsNamedAndNotQuoted() throws IOException {
		Path file = phones.emulators().credentials(Phones.RIDER.value()).serviceAccountFile();
		String good = Files.readString(file);
		Path broken = Files.writeString(directory.resolve("broken.json"),
				good.replace("-----BEGIN PRIVATE KEY-----", "x"));

		assertThatExceptionOfType(UnusableCredentialException.class).isThrownBy(() -> provider.open(with(broken)))
			.withMessageStartingWith("service account %s cannot be used", broken)
			.withMessageNotContaining("MII")
			.withNoCause();
	}

	private static Application with(Path serviceAccount) {
		return new Application(Phones.RIDER, false, new FcmCredential(serviceAccount), null);
	}

	private static PushJob job() {
		return Jobs.job(Phones.RIDER, dev.herald.common.identity.Provider.FCM);
	}

	private static int connections() {
		return phones.emulators().connectionCount(Provider.FCM);
	}

	/** Those of a service that another test closed may still be closing. */
	private static void awaitThatNoneIsConnected() {
		await().until(() -> connections() == 0);
	}

	private void sendTogether(int count) {
		CompletableFuture<?>[] pushes = IntStream.range(0, count)
			.mapToObj(i -> service.send(job()))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(pushes).orTimeout(30, TimeUnit.SECONDS).join();
	}

	private PushOutcome send(PushJob job) {
		return service.send(job).orTimeout(30, TimeUnit.SECONDS).join();
	}

}
