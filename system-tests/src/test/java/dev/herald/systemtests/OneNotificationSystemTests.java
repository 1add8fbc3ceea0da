package dev.herald.systemtests;

import static dev.herald.systemtests.House.DRIVER;
import static dev.herald.systemtests.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.emulators.pushes.PushQuery;
import dev.herald.systemtests.HeraldClient.Answer;
import dev.herald.testsupport.RequiresRealBackends;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From POST to phone, through services that run as they are deployed. The books are
 * checked after every test.
 */
@RequiresRealBackends
class OneNotificationSystemTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static House house;

	private final List<NotificationId> taken = new ArrayList<>();

	@BeforeAll
	static void openTheHouse() {
		house = new House("one-notification", 2);
	}

	@AfterAll
	static void closeTheHouse() {
		house.close();
	}

	@AfterEach
	void theBooksBalance() {
		Books books = Books.whenNothingIsPending(house.client(), taken, PATIENCE);

		assertThat(books.balance()).as("every job in exactly one column: %s", books).isTrue();
		assertThat(books.count("pending")).as("nothing stays pending: %s", books).isZero();
	}

	@Test
	void aNotificationReachesEveryDeviceOfTheUserThroughBothProviders() {
		UserId user = new UserId("u-both");
		register(user, RIDER, "phone", Provider.FCM);
		register(user, RIDER, "tablet", Provider.APNS);
		register(user, DRIVER, "work-phone", Provider.FCM);

		Answer inOne = send(user, RIDER.value());
		Answer inAll = send(user, "*");

		assertThat(inOne.json().required("devices").asInt()).isEqualTo(2);
		assertThat(inAll.json().required("devices").asInt()).isEqualTo(3);
		assertThat(Books.whenNothingIsPending(house.client(), taken, PATIENCE).count("accepted")).isEqualTo(5);
		assertThat(landed(inAll.notificationId())).isEqualTo(3);
	}

	@Test
	void afterLogoutNothingArrives() {
		UserId user = new UserId("u-logout");
		register(user, RIDER, "old-phone", Provider.FCM);
		register(user, RIDER, "new-phone", Provider.FCM);

		assertThat(house.client().logOut(user, RIDER, new DeviceId("u-logout-old-phone")).status()).isEqualTo(204);
		Answer answer = send(user, RIDER.value());

		assertThat(answer.json().required("devices").asInt()).isEqualTo(1);
		await().atMost(PATIENCE).until(() -> landed(answer.notificationId()) == 1);
	}

	@Test
	void aUserWithoutDevicesIsNoError() {
		Answer answer = send(new UserId("u-nobody"), RIDER.value());

		assertThat(answer.json().required("status").asString()).isEqualTo("no_devices");
		assertThat(answer.json().required("devices").asInt()).isZero();
	}

	@Test
	void everyMistakeOfTheCallerHasItsAnswer() {
		UserId user = new UserId("u-mistakes");
		String good = "{\"title\": \"t\", \"message\": \"m\"}";

		assertThat(post(user, RIDER.value(), "{\"title\": ", it -> it).status()).isEqualTo(400);
		assertThat(post(user, RIDER.value(), "{\"titel\": \"t\"}", it -> it).body()).contains("titel");
		assertThat(post(user, "com.acme.unknown", good, it -> it).status()).isEqualTo(404);
		assertThat(post(user, RIDER.value(), good, it -> it.setHeader("Authorization", "Bearer wrong")).status())
			.isEqualTo(401);
		assertThat(post(user, RIDER.value(), good, it -> it.setHeader("Authorization", "Bearer " + Keys.REGISTRAR))
			.status()).isEqualTo(403);
	}

	@Test
	void aPhoneThatChangesHandsBelongsToTheLastWhoLoggedIn() {
		UserId first = new UserId("u-first");
		UserId second = new UserId("u-second");
		DeviceToken token = token("shared", Provider.FCM);
		house.client().register(first, RIDER, new DeviceId("shared"), Provider.FCM, token);
		house.client().register(second, RIDER, new DeviceId("shared"), Provider.FCM, token);

		Answer toFirst = send(first, RIDER.value());
		Answer toSecond = send(second, RIDER.value());

		assertThat(toFirst.json().required("devices").asInt()).isZero();
		assertThat(toSecond.json().required("devices").asInt()).isEqualTo(1);
	}

	@Test
	void aWorkerThatIsAskedToEndFinishesWhatItHas() {
		UserId user = new UserId("u-drain");
		register(user, RIDER, "phone", Provider.APNS);
		for (int i = 0; i < 50; i++) {
			send(user, RIDER.value());
		}

		ServiceProcess worker = house.workers().getFirst();
		Duration took = worker.terminate();
		worker.start();
		worker.awaitReady();

		assertThat(took).isLessThan(Duration.ofSeconds(30));
		assertThat(Books.whenNothingIsPending(house.client(), taken, PATIENCE).count("accepted")).isEqualTo(50);
	}

	private void register(UserId user, ApplicationId application, String device, Provider provider) {
		String name = user + "-" + device;
		Answer answer = house.client().register(user, application, new DeviceId(name), provider, token(name, provider));
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
	}

	private Answer send(UserId user, String application) {
		Answer answer = house.client().send(user, application, "A title");
		assertThat(answer.status()).as(answer.body()).isEqualTo(202);
		taken.add(answer.notificationId());
		return answer;
	}

	private Answer post(UserId user, String application, String body, UnaryOperator<HttpRequest.Builder> further) {
		return house.client().post(user, application, body, further);
	}

	private static DeviceToken token(String device, Provider provider) {
		return switch (provider) {
			case FCM -> new DeviceToken("fcm-" + device + ":APA91b" + "x".repeat(40));
			case APNS -> new DeviceToken("%064x".formatted(device.hashCode() & 0xFFFF_FFFFL));
		};
	}

	private static long landed(NotificationId notification) {
		return house.emulators()
			.pushes()
			.find(PushQuery.all())
			.stream()
			.filter(push -> notification.toString().equals(push.notificationId()))
			.count();
	}

}
