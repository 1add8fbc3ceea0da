package dev.herald.emulators;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.Scope;
import dev.herald.emulators.credentials.ApplicationCredentials;
import dev.herald.emulators.pushes.Provider;
import dev.herald.emulators.pushes.PushQuery;
import dev.herald.emulators.pushes.ReceivedPush;
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
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** pushy against the emulator of APNs. */
class ApnsEmulatorTests {

	private static final String RIDER = "com.acme.rider";

	private static final String DRIVER = "com.acme.driver";

	private static final Scope ALL_OF_RIDER = Scope.of(Provider.APNS, RIDER);

	private static final String TOKEN = Provider.APNS.sampleToken(1);

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

	private static SimpleApnsPushNotification push(String token) {
		String payload = new SimpleApnsPayloadBuilder().setAlertTitle("Your driver is here")
			.setAlertBody("At the gate")
			.addCustomProperty("notification_id", "n-1")
			.build();
		return new SimpleApnsPushNotification(token, RIDER, payload);
	}

	private static PushNotificationResponse<SimpleApnsPushNotification> send(ApnsClient client,
			SimpleApnsPushNotification push) {
		return client.sendNotification(push).orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Test
	void aPushIsAcceptedAndRecordedAsItCame() {
		UUID id = UUID.randomUUID();
		Instant expiry = Instant.now().plusSeconds(3600);
		SimpleApnsPushNotification push = new SimpleApnsPushNotification(TOKEN, RIDER, push(TOKEN).getPayload(), expiry,
				DeliveryPriority.CONSERVE_POWER, PushType.ALERT, "ride-7", id);

		PushNotificationResponse<SimpleApnsPushNotification> response = send(clients.pushy(RIDER), push);

		ReceivedPush received = emulators.pushes().find(PushQuery.of(Provider.APNS, RIDER)).getFirst();
		assertThat(response.isAccepted()).isTrue();
		assertThat(response.getApnsId()).isEqualTo(id);
		assertThat(received.messageId()).isEqualTo(id.toString());
		assertThat(received.token()).isEqualTo(TOKEN);
		assertThat(received.title()).isEqualTo("Your driver is here");
		assertThat(received.body()).isEqualTo("At the gate");
		assertThat(received.collapseKey()).isEqualTo("ride-7");
		assertThat(received.notificationId()).isEqualTo("n-1");
		assertThat(received.headers()).containsEntry("apns-priority", "5")
			.containsEntry("apns-push-type", "alert")
			.containsEntry("apns-topic", RIDER)
			.containsEntry("apns-expiration", Long.toString(expiry.getEpochSecond()));
		assertThat(received.payload()).isEqualTo(push.getPayload());
	}

	static Stream<Arguments> refusals() {
		return Stream.of(arguments(new Behaviour.BadDeviceToken(), 400, "BadDeviceToken"),
				arguments(new Behaviour.BadCredentials(), 403, "InvalidProviderToken"),
				arguments(new Behaviour.Throttle(Duration.ofSeconds(3)), 429, "TooManyRequests"),
				arguments(new Behaviour.ServerError(500, null), 500, "InternalServerError"),
				arguments(new Behaviour.ServerError(503, Duration.ofSeconds(3)), 503, "ServiceUnavailable"));
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void everyRefusalSurfacesInTheSdkAsItsReason(Behaviour behaviour, int status, String reason) {
		emulators.behaviours().put(ALL_OF_RIDER, behaviour);

		PushNotificationResponse<SimpleApnsPushNotification> response = send(clients.pushy(RIDER), push(TOKEN));

		assertThat(response.isAccepted()).isFalse();
		assertThat(response.getStatusCode()).isEqualTo(status);
		assertThat(response.getRejectionReason()).contains(reason);
	}

	@ParameterizedTest
	@CsvSource({ "400, BadCollapseId", "400, BadDeviceToken", "400, BadExpirationDate", "400, BadMessageId",
			"400, BadPriority", "400, BadTopic", "400, DeviceTokenNotForTopic", "400, DuplicateHeaders",
			"400, IdleTimeout", "400, InvalidPushType", "400, MissingDeviceToken", "400, MissingTopic",
			"400, PayloadEmpty", "400, TopicDisallowed", "403, BadCertificate", "403, BadCertificateEnvironment",
			"403, BadEnvironmentKeyIdInToken", "403, Forbidden", "403, InvalidProviderToken",
			"403, MissingProviderToken", "403, UnrelatedKeyIdInToken", "404, BadPath", "405, MethodNotAllowed",
			"410, ExpiredToken", "410, Unregistered", "413, PayloadTooLarge", "429, TooManyProviderTokenUpdates",
			"429, TooManyRequests", "500, InternalServerError", "503, ServiceUnavailable", "503, Shutdown" })
	void everyReasonOfAppleCanBeGiven(int status, String reason) {
		emulators.behaviours().put(ALL_OF_RIDER, new Behaviour.Refuse(reason));

		PushNotificationResponse<SimpleApnsPushNotification> response = send(clients.pushy(RIDER), push(TOKEN));

		assertThat(response.getStatusCode()).isEqualTo(status);
		assertThat(response.getRejectionReason()).contains(reason);
	}

	@Test
	void aDeadTokenTellsSinceWhen() {
		Instant since = Instant.parse("2026-03-01T10:15:30.123Z");
		emulators.behaviours().put(Scope.of(Provider.APNS, RIDER, TOKEN), new Behaviour.Unregistered(since));
		ApnsClient client = clients.pushy(RIDER);

		PushNotificationResponse<SimpleApnsPushNotification> dead = send(client, push(TOKEN));
		PushNotificationResponse<SimpleApnsPushNotification> living = send(client, push(Provider.APNS.sampleToken(2)));

		assertThat(dead.getStatusCode()).isEqualTo(410);
		assertThat(dead.getRejectionReason()).contains("Unregistered");
		assertThat(dead.getTokenInvalidationTimestamp()).contains(since);
		assertThat(living.isAccepted()).isTrue();
	}

	@Test
	void aKeyOfAnotherApplicationMayNotPushToTheTopic() {
		PushNotificationResponse<SimpleApnsPushNotification> response = send(clients.pushy(DRIVER), push(TOKEN));

		assertThat(response.getStatusCode()).isEqualTo(400);
		assertThat(response.getRejectionReason()).contains("TopicDisallowed");
	}

	@Test
	void aKeyThatDoesNotFitItsIdIsRefused() {
		ApplicationCredentials rider = emulators.credentials(RIDER);
		ApplicationCredentials driver = emulators.credentials(DRIVER);
		ApnsClient wrongKey = clients.pushy(driver.apnsKeyFile().toFile(), rider.teamId(), rider.keyId());
		ApnsClient wrongTeam = clients.pushy(rider.apnsKeyFile().toFile(), driver.teamId(), rider.keyId());

		assertThat(List.of(send(wrongKey, push(TOKEN)), send(wrongTeam, push(TOKEN)))).allSatisfy((response) -> {
			assertThat(response.getStatusCode()).isEqualTo(403);
			assertThat(response.getRejectionReason()).contains("InvalidProviderToken");
		});
	}

	@Test
	void aRevokedKeyIsRefusedThoughItsTokenWasGoodBefore() {
		ApnsClient client = clients.pushy(RIDER);
		boolean before = send(client, push(TOKEN)).isAccepted();
		emulators.revokeCredentials(Provider.APNS, RIDER);

		PushNotificationResponse<SimpleApnsPushNotification> revoked = send(client, push(TOKEN));
		emulators.restoreCredentials(Provider.APNS, RIDER);

		assertThat(before).isTrue();
		assertThat(revoked.getRejectionReason()).contains("InvalidProviderToken");
		assertThat(send(client, push(TOKEN)).isAccepted()).isTrue();
	}

	@Test
	void afterARotationOnlyTheNewKeyIsTaken() throws IOException {
		ApplicationCredentials old = emulators.credentials(DRIVER);
		Path oldKey = Files.copy(old.apnsKeyFile(), directory.resolve("old.p8"));
		SimpleApnsPushNotification push = new SimpleApnsPushNotification(TOKEN, DRIVER, push(TOKEN).getPayload());

		ApplicationCredentials renewed = emulators.rotateCredentials(Provider.APNS, DRIVER);

		assertThat(renewed.keyId()).isNotEqualTo(old.keyId());
		assertThat(send(clients.pushy(oldKey.toFile(), old.teamId(), old.keyId()), push).getRejectionReason())
			.contains("InvalidProviderToken");
		assertThat(send(clients.pushy(DRIVER), push).isAccepted()).isTrue();
	}

	@Test
	void aDroppedConnectionFailsThePushAndTheClientComesBack() {
		emulators.behaviours().put(ALL_OF_RIDER, new Behaviour.DropConnection(), 1);
		ApnsClient client = clients.pushy(RIDER);

		CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>> dropped = client
			.sendNotification(push(TOKEN));

		assertThat(dropped).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(IOException.class);
		assertThat(send(client, push(TOKEN)).isAccepted()).isTrue();
	}

	@Test
	void aGoAwayFailsTheRequestItNamesAndTheClientComesBack() {
		emulators.behaviours().put(ALL_OF_RIDER, new Behaviour.GoAway(), 1);
		ApnsClient client = clients.pushy(RIDER);

		CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>> refused = client
			.sendNotification(push(TOKEN));

		assertThat(refused).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(IOException.class);
		assertThat(send(client, push(TOKEN)).isAccepted()).isTrue();
		assertThat(emulators.pushes().counts(Provider.APNS, RIDER).outcomes()).containsEntry("go_away", 1L);
	}

	@Test
	void connectionsAreDroppedAndSentAwayOnCommand() {
		ApnsClient client = clients.pushy(RIDER);
		send(client, push(TOKEN));
		int connected = emulators.connectionCount(Provider.APNS);

		emulators.dropConnections(Provider.APNS);
		await().until(() -> emulators.connectionCount(Provider.APNS) == 0);
		send(client, push(TOKEN));
		emulators.goAway(Provider.APNS);

		await().until(() -> emulators.connectionCount(Provider.APNS) == 0);
		assertThat(connected).isPositive();
		assertThat(send(client, push(TOKEN)).isAccepted()).isTrue();
	}

	@Test
	void aHangingPushHoldsNoOtherBack() {
		emulators.behaviours().put(Scope.of(Provider.APNS, RIDER, TOKEN), new Behaviour.Hang());
		ApnsClient client = clients.pushy(RIDER);

		CompletableFuture<PushNotificationResponse<SimpleApnsPushNotification>> hanging = client
			.sendNotification(push(TOKEN));
		boolean othersAccepted = IntStream.range(2, 100)
			.mapToObj((number) -> client.sendNotification(push(Provider.APNS.sampleToken(number))))
			.toList()
			.stream()
			.allMatch((other) -> other.orTimeout(10, TimeUnit.SECONDS).join().isAccepted());

		assertThat(othersAccepted).isTrue();
		assertThat(hanging).isNotDone();
	}

}
