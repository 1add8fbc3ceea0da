package dev.herald.systemtests;

import static dev.herald.systemtests.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.systemtests.HeraldClient.Answer;
import dev.herald.testsupport.RequiresRealBackends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the caller is told while a part that the API needs is away, and that all is well
 * once it is back.
 */
@RequiresRealBackends
class OutageSystemTests {

	private static final UserId USER = new UserId("u-outage");

	private static House house;

	@BeforeAll
	static void openTheHouse() {
		house = new House("outage", 1);
		house.client()
			.register(USER, RIDER, new DeviceId("phone"), Provider.FCM,
					new DeviceToken("fcm-outage:" + "x".repeat(40)));
	}

	@AfterAll
	static void closeTheHouse() {
		house.close();
	}

	@Test
	void aStoppedTokenStoreIs503AndTheNextSendAfterItsReturnIsTaken() {
		house.tokenStore().kill();
		refusedWithin2Seconds();

		house.tokenStore().start();
		house.tokenStore().awaitReady();
		takenAgain();
	}

	@Test
	void aStoppedBrokerIs503AndTheNextSendAfterItsReturnIsTaken() {
		house.broker().stop();
		refusedWithin2Seconds();

		house.broker().start();
		takenAgain();
	}

	@Test
	void aFrozenBrokerIs503AndTheNextSendAfterItsReturnIsTaken() {
		house.broker().pause();
		refusedWithin2Seconds();

		house.broker().resume();
		takenAgain();
	}

	@Test
	void aStoppedDatabaseIs503AndTheNextSendAfterItsReturnIsTaken() {
		house.apiDatabase().stop();
		refusedWithin2Seconds();

		house.apiDatabase().start();
		takenAgain();
	}

	private void refusedWithin2Seconds() {
		for (int i = 0; i < 3; i++) {
			Answer answer = house.client().send(USER, RIDER.value(), "While something is away");

			assertThat(answer.status()).as(answer.body()).isEqualTo(503);
			assertThat(answer.retryAfter()).as("the answer has Retry-After").isTrue();
			// Two seconds of Herald's own, and some for a machine that is busy.
			assertThat(answer.took()).isLessThan(Duration.ofMillis(2500));
		}
	}

	private void takenAgain() {
		Instant deadline = Instant.now().plusSeconds(30);
		Answer answer = house.client().send(USER, RIDER.value(), "After it");
		while (answer.status() != 202 && Instant.now().isBefore(deadline)) {
			Pause.of(Duration.ofMillis(200));
			answer = house.client().send(USER, RIDER.value(), "After it");
		}

		assertThat(answer.status()).as(answer.body()).isEqualTo(202);
		NotificationId notification = answer.notificationId();
		Books books = Books.whenNothingIsPending(house.client(), List.of(notification), Duration.ofSeconds(30));
		assertThat(books.count("accepted")).as("%s", books).isEqualTo(1);
	}

}
