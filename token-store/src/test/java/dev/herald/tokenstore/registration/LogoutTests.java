package dev.herald.tokenstore.registration;

import static dev.herald.tokenstore.fixture.House.DRIVER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.database.ApiPool;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreClient.Shown;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@TokenStoreTest
class LogoutTests {

	private final TokenStoreClient store;

	private final JdbcClient database;

	private final MeterRegistry metrics;

	private final String alice = Fresh.user();

	private final String phone = Fresh.device();

	LogoutTests(@Autowired Environment environment, @Autowired @ApiPool JdbcClient database,
			@Autowired MeterRegistry metrics) {
		this.store = new TokenStoreClient(environment);
		this.database = database;
		this.metrics = metrics;
	}

	@Test
	void aLogoutEndsTheLoginOnThatDeviceAlone() {
		store.registered(alice, RIDER, phone, Fresh.token());
		Shown tablet = store.registered(alice, RIDER, Fresh.device(), Fresh.token());

		store.logOut(alice, RIDER, phone).expectStatus().isNoContent().expectBody().isEmpty();

		assertThat(store.devices(alice, RIDER)).containsExactly(tablet);
	}

	@Test
	void aLogoutMayBeRepeated() {
		store.registered(alice, RIDER, phone, Fresh.token());
		store.logOut(alice, RIDER, phone);

		store.logOut(alice, RIDER, phone).expectStatus().isNoContent();
	}

	@Test
	void aLateLogoutDoesNotTouchTheUserWhoLoggedInSince() {
		store.registered(alice, RIDER, phone, Fresh.token());
		String bob = Fresh.user();
		Shown login = store.registered(bob, RIDER, phone, Fresh.token());

		store.logOut(alice, RIDER, phone).expectStatus().isNoContent();

		assertThat(store.devices(bob, RIDER)).containsExactly(login);
	}

	@Test
	void aLogoutInOneApplicationLeavesTheOthers() {
		store.registered(alice, RIDER, phone, Fresh.token());
		Shown inDriver = store.registered(alice, DRIVER, phone, Fresh.token());

		store.logOut(alice, RIDER, phone).expectStatus().isNoContent();

		assertThat(store.devices(alice, "*")).containsExactly(inDriver);
	}

	@Test
	void aUserLogsOutOfAllDevicesOfAnApplication() {
		store.registered(alice, RIDER, phone, Fresh.token());
		store.registered(alice, RIDER, Fresh.device(), Fresh.token());
		Shown inDriver = store.registered(alice, DRIVER, phone, Fresh.token());

		store.logOutEverywhere(alice, RIDER).expectStatus().isNoContent();
		store.logOutEverywhere(alice, RIDER).expectStatus().isNoContent();

		assertThat(store.devices(alice, "*")).containsExactly(inDriver);
	}

	@Test
	void aLoginAfterALogoutIsANewOne() {
		Shown before = store.registered(alice, RIDER, phone, "same-" + phone);
		store.logOut(alice, RIDER, phone);

		Shown after = store.registered(alice, RIDER, phone, "same-" + phone);

		assertThat(after.registrationId()).isGreaterThan(before.registrationId());
	}

	@Test
	void anUnknownApplicationIsToldOf() {
		store.logOut(alice, "com.acme.typo", phone).expectStatus().isNotFound();
		store.logOutEverywhere(alice, "com.acme.typo").expectStatus().isNotFound();
	}

	@Test
	void devicesOfAnApplicationThatWasTakenOutCanBeLoggedOut() {
		Shown device = store.registered(alice, RIDER, phone, Fresh.token());
		database.sql("UPDATE device SET application_id = 'com.acme.gone' WHERE id = ?")
			.param(device.registrationId())
			.update();

		store.logOut(alice, "com.acme.gone", phone).expectStatus().isNoContent();

		assertThat(store.devices(alice, "*")).isEmpty();
	}

	@Test
	void endedLoginsAreCounted() {
		double before = loggedOut();
		store.registered(alice, RIDER, phone, Fresh.token());
		store.registered(alice, RIDER, Fresh.device(), Fresh.token());

		store.logOutEverywhere(alice, RIDER);
		store.logOutEverywhere(alice, RIDER);

		assertThat(loggedOut()).isEqualTo(before + 2);
	}

	private double loggedOut() {
		return metrics.counter("herald.devices.logged.out", "application", RIDER).count();
	}

}
