package dev.herald.emulators;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.google.firebase.ErrorCode;
import com.google.firebase.IncomingHttpResponse;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.MessagingErrorCode;
import com.google.firebase.messaging.Notification;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.Scope;
import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.PushQuery;
import dev.herald.emulators.pushes.ReceivedPush;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** firebase-admin against the emulator of FCM. */
@SuppressWarnings("deprecation") // the SDK now prefers installation ids; what devices
									// register is still the token
class FcmEmulatorTests {

	private static final String RIDER = "com.acme.rider";

	private static final String DRIVER = "com.acme.driver";

	private static final Scope ALL_OF_RIDER = Scope.of(Provider.FCM, RIDER);

	private static final String TOKEN = Provider.FCM.sampleToken(1);

	@TempDir
	static Path directory;

	private static ProviderEmulators emulators;

	private static Clients clients;

	@BeforeAll
	static void start() {
		emulators = ProviderEmulators.start(EmulatorOptions.in(directory).withApplications(RIDER, DRIVER).build());
		clients = new Clients(emulators);
	}

	@AfterAll
	static void stop() {
		clients.close();
		emulators.close();
	}

	@AfterEach
	void forget() {
		emulators.behaviours().clear();
		emulators.pushes().clear();
	}

	private static Message.Builder message() {
		return Message.builder()
			.setToken(TOKEN)
			.setNotification(Notification.builder().setTitle("Your driver is here").setBody("At the gate").build())
			.putData("notification_id", "n-1");
	}

	private static FirebaseMessagingException failure(FirebaseMessaging firebase, Message message) {
		return catchThrowableOfType(FirebaseMessagingException.class, () -> firebase.send(message));
	}

	private static IncomingHttpResponse answer(FirebaseMessagingException failure) {
		return Objects.requireNonNull(failure.getHttpResponse(), "no answer came");
	}

	private static ReceivedPush onlyPush() {
		List<ReceivedPush> pushes = emulators.pushes().find(PushQuery.of(Provider.FCM, RIDER));
		assertThat(pushes).hasSize(1);
		return pushes.getFirst();
	}

	@Test
	void aMessageIsAcceptedAndRecordedAsItCame() throws FirebaseMessagingException {
		Message message = message()
			.setAndroidConfig(AndroidConfig.builder()
				.setCollapseKey("ride-7")
				.setTtl(3_600_000)
				.setPriority(AndroidConfig.Priority.HIGH)
				.build())
			.build();

		String name = clients.firebase(RIDER).send(message);

		ReceivedPush push = onlyPush();
		assertThat(name).startsWith("projects/" + emulators.credentials(RIDER).projectId() + "/messages/");
		assertThat(push.messageId()).isEqualTo(name);
		assertThat(push.token()).isEqualTo(TOKEN);
		assertThat(push.title()).isEqualTo("Your driver is here");
		assertThat(push.body()).isEqualTo("At the gate");
		assertThat(push.collapseKey()).isEqualTo("ride-7");
		assertThat(push.notificationId()).isEqualTo("n-1");
		assertThat(push.status()).isEqualTo(200);
		assertThat(push.accepted()).isTrue();
		assertThat(Clients.json.readTree(push.payload()).at("/message/android/ttl").asString()).isEqualTo("3600s");
	}

	static Stream<Arguments> refusals() {
		Duration now = Duration.ZERO;
		return Stream.of(
				arguments(new Behaviour.Unregistered(Instant.EPOCH), MessagingErrorCode.UNREGISTERED,
						ErrorCode.NOT_FOUND, 404, "UNREGISTERED"),
				arguments(new Behaviour.BadDeviceToken(), MessagingErrorCode.INVALID_ARGUMENT,
						ErrorCode.INVALID_ARGUMENT, 400, "INVALID_ARGUMENT"),
				arguments(new Behaviour.SenderIdMismatch(), MessagingErrorCode.SENDER_ID_MISMATCH,
						ErrorCode.PERMISSION_DENIED, 403, "SENDER_ID_MISMATCH"),
				arguments(new Behaviour.Throttle(null), MessagingErrorCode.QUOTA_EXCEEDED, ErrorCode.RESOURCE_EXHAUSTED,
						429, "QUOTA_EXCEEDED"),
				arguments(new Behaviour.ServerError(500, null), MessagingErrorCode.INTERNAL, ErrorCode.INTERNAL, 500,
						"INTERNAL"),
				arguments(new Behaviour.ServerError(503, now), MessagingErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE,
						503, "UNAVAILABLE"),
				arguments(new Behaviour.Refuse("THIRD_PARTY_AUTH_ERROR"), MessagingErrorCode.THIRD_PARTY_AUTH_ERROR,
						ErrorCode.UNAUTHENTICATED, 401, "THIRD_PARTY_AUTH_ERROR"),
				arguments(new Behaviour.BadCredentials(), null, ErrorCode.UNAUTHENTICATED, 401, "UNAUTHENTICATED"),
				arguments(new Behaviour.ServerError(502, null), null, ErrorCode.UNKNOWN, 502, "HTTP_502"));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void everyRefusalSurfacesInTheSdkAsItsErrorCode(Behaviour behaviour, @Nullable MessagingErrorCode messagingCode,
			ErrorCode code, int status, String outcome) {
		emulators.behaviours().put(ALL_OF_RIDER, behaviour);

		FirebaseMessagingException failure = failure(clients.firebase(RIDER), message().build());

		assertThat(failure.getMessagingErrorCode()).isEqualTo(messagingCode);
		assertThat(failure.getErrorCode()).isEqualTo(code);
		assertThat(answer(failure).getStatusCode()).isEqualTo(status);
		assertThat(emulators.pushes().find(PushQuery.of(Provider.FCM, RIDER))).isNotEmpty()
			.allSatisfy((push) -> assertThat(push.outcome()).isEqualTo(outcome));
	}

	@Test
	void throttlingTellsWhenToComeBack() {
		emulators.behaviours().put(ALL_OF_RIDER, new Behaviour.Throttle(Duration.ofSeconds(17)));

		FirebaseMessagingException failure = failure(clients.firebase(RIDER), message().build());

		assertThat(answer(failure).getHeaders()).containsEntry("retry-after", List.of("17"));
	}

	@Test
	void aBehaviourOfOneApplicationLeavesTheOtherAlone() throws FirebaseMessagingException {
		emulators.behaviours().put(ALL_OF_RIDER, new Behaviour.Unregistered(Instant.EPOCH));

		String name = clients.firebase(DRIVER).send(message().build());

		assertThat(name).isNotEmpty();
	}

	@Test
	void aDroppedConnectionIsAnUnknownErrorAndTheNextSendWorks() throws FirebaseMessagingException {
		FirebaseMessaging firebase = clients.firebase(RIDER);
		firebase.send(message().build());
		emulators.behaviours().put(ALL_OF_RIDER, new Behaviour.DropConnection());

		FirebaseMessagingException failure = failure(firebase, message().build());
		emulators.behaviours().clear();

		assertThat(failure.getErrorCode()).isEqualTo(ErrorCode.UNKNOWN);
		assertThat(firebase.send(message().build())).isNotEmpty();
		assertThat(emulators.pushes().counts(Provider.FCM, RIDER).outcomes()).containsKey("drop_connection")
			.containsEntry("accepted", 2L);
	}

	@Test
	void aSlowAnswerComesAfterItsDelayAndIsRecordedOnArrival() {
		emulators.behaviours().put(ALL_OF_RIDER, new Behaviour.Slow(Duration.ofMillis(300)));
		FirebaseMessaging firebase = clients.firebase(RIDER);
		Instant before = Instant.now();

		failsNot(() -> firebase.send(message().build()));

		assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
		assertThat(Duration.between(onlyPush().receivedAt(), Instant.now()))
			.isGreaterThanOrEqualTo(Duration.ofMillis(300));
	}

	private static void failsNot(ThrowingCallable call) {
		assertThatCode(call).doesNotThrowAnyException();
	}

	@Test
	void aMalformedTokenIsRefusedInTheWordsSendersLookFor() {
		Message message = message().setToken("no token at all").build();

		FirebaseMessagingException failure = failure(clients.firebase(RIDER), message);

		assertThat(failure.getMessagingErrorCode()).isEqualTo(MessagingErrorCode.INVALID_ARGUMENT);
		assertThat(failure).hasMessage("The registration token is not a valid FCM registration token");
	}

	@Test
	void aMessageOfMoreThan4096BytesIsRefused() {
		Message fits = message().putData("k", "x".repeat(4000)).build();
		Message tooBig = message().putData("k", "x".repeat(4096)).build();
		FirebaseMessaging firebase = clients.firebase(RIDER);

		FirebaseMessagingException failure = failure(firebase, tooBig);

		failsNot(() -> firebase.send(fits));
		assertThat(failure.getMessagingErrorCode()).isEqualTo(MessagingErrorCode.INVALID_ARGUMENT);
		assertThat(failure).hasMessage("Android message is too big");
	}

	@Test
	void aRevokedServiceAccountGetsNoTokenAndItsOldOnesAreDead() throws FirebaseMessagingException {
		FirebaseMessaging loggedIn = clients.firebase(RIDER);
		loggedIn.send(message().build());
		emulators.revokeCredentials(Provider.FCM, RIDER);

		HttpResponse<String> tokenAnswer = clients.requestAccessToken(clients.assertion(RIDER, Map.of()));
		FirebaseMessagingException oldToken = failure(loggedIn, message().build());
		emulators.restoreCredentials(Provider.FCM, RIDER);

		assertThat(tokenAnswer.statusCode()).isEqualTo(400);
		assertThat(tokenAnswer.body()).contains("invalid_grant");
		assertThat(oldToken.getErrorCode()).isIn(ErrorCode.UNAUTHENTICATED, ErrorCode.UNKNOWN);
		assertThat(clients.firebase(RIDER).send(message().build())).isNotEmpty();
	}

	@Test
	void afterARotationOnlyTheNewKeyIsTaken() throws IOException, FirebaseMessagingException {
		Path file = emulators.credentials(DRIVER).serviceAccountFile();
		Path old = Files.copy(file, directory.resolve("old-service-account.json"));

		emulators.rotateCredentials(Provider.FCM, DRIVER);

		assertThatExceptionOfType(FirebaseMessagingException.class)
			.isThrownBy(() -> clients.firebase(old).send(message().build()))
			.withStackTraceContaining("invalid_grant");
		assertThat(clients.firebase(DRIVER).send(message().build())).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "iss, nobody@example.com, account not found", "aud, https://example.com/token, audience",
			"exp, 1, short-lived", "iat, 1, short-lived", "iat, 99999999999, short-lived" })
	void anAssertionThatDoesNotHoldIsAnInvalidGrant(String claim, String value, String description) {
		Object typed = value.chars().allMatch(Character::isDigit) ? (Object) Long.valueOf(value) : value;

		HttpResponse<String> answer = clients.requestAccessToken(clients.assertion(RIDER, Map.of(claim, typed)));

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("invalid_grant").contains(description);
	}

	@Test
	void anAssertionSignedByAnotherAccountIsAnInvalidGrant() {
		String driversEmail = Clients.readJson(emulators.credentials(DRIVER).serviceAccountFile())
			.path("client_email")
			.stringValue();

		HttpResponse<String> answer = clients.requestAccessToken(clients.assertion(RIDER, Map.of("iss", driversEmail)));

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("invalid_grant").contains("Invalid JWT Signature.");
	}

	@Test
	void anAssertionWithoutTheScopeOfMessagingIsRefused() {
		HttpResponse<String> answer = clients
			.requestAccessToken(clients.assertion(RIDER, Map.of("scope", "https://www.googleapis.com/auth/drive")));

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("invalid_scope");
	}

}
