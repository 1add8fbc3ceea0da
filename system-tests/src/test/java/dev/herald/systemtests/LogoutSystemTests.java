package dev.herald.systemtests;

import static dev.herald.systemtests.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.emulators.behaviour.Behaviour;
import dev.herald.emulators.behaviour.Scope;
import dev.herald.emulators.pushes.PushQuery;
import dev.herald.emulators.pushes.ReceivedPush;
import dev.herald.systemtests.HeraldClient.Answer;
import dev.herald.testsupport.RequiresRealBackends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Promise 6 for jobs that were on their way already: each is refused once by the
 * provider, and while it waits in a delay the phone changes. They all wait at the same
 * time; each test looks at one.
 */
@RequiresRealBackends
class LogoutSystemTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Longer than a worker believes that a device is registered. */
	private static final Duration DELAY = Duration.ofSeconds(15);

	private static final Phone UNCHANGED = new Phone("unchanged", Provider.FCM);

	private static final Phone LOGGED_OUT = new Phone("logged-out", Provider.FCM);

	private static final Phone LOGGED_IN_AGAIN = new Phone("logged-in-again", Provider.FCM);

	private static final Phone HANDED_ON = new Phone("handed-on", Provider.FCM);

	private static final UserId NEXT_OWNER = new UserId("u-next-owner");

	private static final Phone REINSTALLED = new Phone("reinstalled", Provider.FCM);

	private static final DeviceToken TOKEN_AFTER_REINSTALLATION = token("reinstalled-new", Provider.FCM);

	private static House house;

	private static List<Sent> waiting;

	@BeforeAll
	static void phonesChangeWhileTheirPushesWait() {
		house = new House("logout", 2);
		waiting = List.of(UNCHANGED, LOGGED_OUT, LOGGED_IN_AGAIN, HANDED_ON, REINSTALLED)
			.stream()
			.map(LogoutSystemTests::refusedOnce)
			.toList();
		waiting.forEach(sent -> await().atMost(PATIENCE).until(() -> arrived(sent.phone().token()).size() == 1));

		logOut(LOGGED_OUT);
		logOut(LOGGED_IN_AGAIN);
		logIn(LOGGED_IN_AGAIN.user(), LOGGED_IN_AGAIN, LOGGED_IN_AGAIN.token());
		logIn(NEXT_OWNER, HANDED_ON, HANDED_ON.token());
		logIn(REINSTALLED.user(), REINSTALLED, TOKEN_AFTER_REINSTALLATION);
	}

	@AfterAll
	static void closeTheHouse() {
		house.close();
	}

	@Test
	void aPhoneThatStaysLoggedInGetsItsPush() {
		assertThat(ended(UNCHANGED)).isEqualTo(new Ended("accepted", null, 2));
		assertThat(accepted(UNCHANGED.token())).containsExactly("for unchanged");
	}

	@Test
	void aPhoneThatLoggedOutMeanwhileGetsNothing() {
		assertThat(ended(LOGGED_OUT)).isEqualTo(new Ended("token_invalid", "LoggedOut", 2));
		assertThat(arrived(LOGGED_OUT.token())).as("only the one that was refused").hasSize(1);
	}

	@Test
	void aPhoneThatLoggedOutAndInAgainGetsWhatIsSentSince() {
		assertThat(ended(LOGGED_IN_AGAIN)).isEqualTo(new Ended("token_invalid", "LoggedOut", 2));

		sendAndAwaitAccepted(LOGGED_IN_AGAIN.user(), "since the login");

		assertThat(accepted(LOGGED_IN_AGAIN.token())).containsExactly("since the login");
	}

	@Test
	void thePhonesNextOwnerGetsOnlyTheirOwn() {
		assertThat(ended(HANDED_ON)).isEqualTo(new Ended("token_invalid", "LoggedOut", 2));
		Answer toFormerOwner = send(HANDED_ON.user(), "for the former owner");

		sendAndAwaitAccepted(NEXT_OWNER, "for the next owner");

		assertThat(toFormerOwner.json().required("devices").asInt()).isZero();
		assertThat(accepted(HANDED_ON.token())).containsExactly("for the next owner");
	}

	@Test
	void aReinstalledAppGetsThePushByItsNewToken() {
		assertThat(ended(REINSTALLED)).isEqualTo(new Ended("accepted", null, 2));
		assertThat(accepted(TOKEN_AFTER_REINSTALLATION)).containsExactly("for reinstalled");
		assertThat(accepted(REINSTALLED.token())).isEmpty();
	}

	@Test
	void aLateVerdictDoesNotForgetATokenRegisteredSince() {
		Phone phone = new Phone("judged-late", Provider.APNS);
		logIn(phone.user(), phone, phone.token());
		Instant judgedAt = Instant.now();
		Pause.of(Duration.ofSeconds(1));
		logIn(phone.user(), phone, phone.token());
		treat(phone, new Behaviour.Unregistered(judgedAt));

		assertThat(awaitEnd(send(phone.user(), "at the wrong moment").notificationId()))
			.isEqualTo(new Ended("token_invalid", "Unregistered", 1));
		sendAndAwaitAccepted(phone.user(), "after the verdict");

		assertThat(accepted(phone.token())).containsExactly("after the verdict");
	}

	@Test
	void whileTheTokenStoreIsAwayAWaitingPushIsNeitherSentNorLost() {
		Phone phone = new Phone("store-away", Provider.FCM);
		Sent sent = refusedOnce(phone);
		await().atMost(PATIENCE).until(() -> arrived(phone.token()).size() == 1);

		house.tokenStore().kill();
		Pause.of(DELAY.plusSeconds(3));
		assertThat(arrived(phone.token())).as("not sent while nobody knows whose phone it is").hasSize(1);
		assertThat(outcome(sent.notification())).returns("pending", Ended::outcome);
		house.tokenStore().start();
		house.tokenStore().awaitReady();

		assertThat(awaitEnd(sent.notification())).isEqualTo(new Ended("accepted", null, 2));
		assertThat(accepted(phone.token())).containsExactly("for store-away");
	}

	/** Sends a notification that its provider refuses once, and long enough. */
	private static Sent refusedOnce(Phone phone) {
		logIn(phone.user(), phone, phone.token());
		treat(phone, new Behaviour.ServerError(503, DELAY));
		return new Sent(phone, send(phone.user(), "for " + phone.name()).notificationId());
	}

	private static void treat(Phone phone, Behaviour behaviour) {
		house.emulators()
			.behaviours()
			.put(Scope.of(emulated(phone.provider()), RIDER.value(), phone.token().value()), behaviour, 1);
	}

	private static void logIn(UserId user, Phone phone, DeviceToken token) {
		Answer answer = house.client().register(user, RIDER, phone.device(), phone.provider(), token);
		assertThat(answer.status()).as(answer.body()).isIn(200, 201);
	}

	private static void logOut(Phone phone) {
		Answer answer = house.client().logOut(phone.user(), RIDER, phone.device());
		assertThat(answer.status()).as(answer.body()).isEqualTo(204);
	}

	private static Answer send(UserId user, String title) {
		Answer answer = house.client().send(user, RIDER.value(), title);
		assertThat(answer.status()).as(answer.body()).isEqualTo(202);
		return answer;
	}

	private static void sendAndAwaitAccepted(UserId user, String title) {
		assertThat(awaitEnd(send(user, title).notificationId())).isEqualTo(new Ended("accepted", null, 1));
	}

	private static Ended ended(Phone phone) {
		Sent sent = waiting.stream().filter(it -> it.phone().equals(phone)).findFirst().orElseThrow();
		Ended ended = awaitEnd(sent.notification());
		Books books = Books.of(house.client(), List.of(sent.notification()));
		assertThat(books.balance()).as("%s", books).isTrue();
		return ended;
	}

	private static Ended awaitEnd(NotificationId notification) {
		return await().atMost(PATIENCE).until(() -> outcome(notification), it -> !it.outcome().equals("pending"));
	}

	/** How the one job of a notification ended. */
	private static Ended outcome(NotificationId notification) {
		JsonNode devices = house.client().notification(notification).json().required("devices");
		assertThat(devices).hasSize(1);
		JsonNode device = devices.get(0);
		return new Ended(device.required("outcome").asString(), device.path("reason").asString(null),
				device.path("attempts").asInt(0));
	}

	private static List<ReceivedPush> arrived(DeviceToken token) {
		return house.emulators().pushes().find(PushQuery.all().withToken(token.value()));
	}

	/** The titles of the pushes that were accepted for a phone. */
	private static List<@Nullable String> accepted(DeviceToken token) {
		return arrived(token).stream()
			.filter(ReceivedPush::accepted)
			.<@Nullable String>map(ReceivedPush::title)
			.toList();
	}

	private static DeviceToken token(String name, Provider provider) {
		return switch (provider) {
			case FCM -> new DeviceToken("fcm-" + name + ":APA91b" + "x".repeat(40));
			case APNS -> new DeviceToken("%064x".formatted(name.hashCode() & 0xFFFF_FFFFL));
		};
	}

	private static dev.herald.emulators.pushes.Provider emulated(Provider provider) {
		return dev.herald.emulators.pushes.Provider.valueOf(provider.name().toUpperCase(Locale.ROOT));
	}

	private record Phone(String name, Provider provider) {

		UserId user() {
			return new UserId("u-" + name);
		}

		DeviceId device() {
			return new DeviceId("phone-" + name);
		}

		DeviceToken token() {
			return LogoutSystemTests.token(name, provider);
		}

	}

	private record Sent(Phone phone, NotificationId notification) {
	}

	private record Ended(String outcome, @Nullable String reason, int attempts) {
	}

}
