package dev.herald.tokenstore.registration;

import static dev.herald.tokenstore.fixture.House.DRIVER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static dev.herald.tokenstore.fixture.TokenStoreClient.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.StoppedClock;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreClient.Shown;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.json.JsonCompareMode;

@TokenStoreTest
class RegistrationTests {

	private final TokenStoreClient store;

	private final StoppedClock clock;

	private final MeterRegistry metrics;

	private final String alice = Fresh.user();

	private final String bob = Fresh.user();

	private final String phone = Fresh.device();

	private final String token = Fresh.token();

	RegistrationTests(@Autowired Environment environment, @Autowired StoppedClock clock,
			@Autowired MeterRegistry metrics) {
		this.store = new TokenStoreClient(environment);
		this.clock = clock;
		this.metrics = metrics;
	}

	@BeforeEach
	void someTimeHasPassed() {
		clock.advance(Duration.ofMinutes(1));
	}

	@Test
	void aNewDeviceIsCreatedAndShown() {
		Shown device = shown(
				store
					.register(alice, RIDER,
							"""
									{"provider": "apns", "token": "%s", "device_id": "%s", "environment": "sandbox", "locale": "de_AT",
									 "app_version": "4.12.0 (7731)"}"""
								.formatted(token, phone))
					.expectStatus()
					.isCreated());

		assertThat(device).isEqualTo(new Shown(device.registrationId(), phone, alice, RIDER, "apns",
				token.substring(0, 6) + "…", "sandbox", "de_AT", "4.12.0 (7731)",
				clock.instant().truncatedTo(ChronoUnit.MILLIS), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
		assertThat(device.registrationId()).isPositive();
		assertThat(store.devices(alice, RIDER)).containsExactly(device);
	}

	@Test
	void theSameLoginIsRefreshed() {
		Shown before = store.registered(alice, RIDER, phone, token);
		clock.advance(Duration.ofDays(3));

		Shown after = shown(store
			.register(alice, RIDER,
					"""
							{"provider": "fcm", "token": "%s", "device_id": "%s", "locale": "fr", "app_version": "5"}"""
						.formatted(Fresh.token(), phone))
			.expectStatus()
			.isOk());

		assertThat(after.registrationId()).isEqualTo(before.registrationId());
		assertThat(after.token()).isNotEqualTo(before.token());
		assertThat(after.registeredAt()).isEqualTo(before.registeredAt().plus(Duration.ofDays(3)));
		assertThat(after.lastSeenAt()).isEqualTo(after.registeredAt());
		assertThat(store.devices(alice, RIDER)).containsExactly(after);
	}

	@Test
	void theSameRegistrationAtTheSameMomentChangesNothing() {
		Shown first = store.registered(alice, RIDER, phone, token);

		Shown second = store.registered(alice, RIDER, phone, token);

		assertThat(second).isEqualTo(first);
	}

	@Test
	void aDeviceMayChangeItsProvider() {
		Shown before = store.registered(alice, RIDER, phone, token);

		Shown after = shown(store.register(alice, RIDER, """
				{"provider": "apns", "token": "%s", "device_id": "%s"}""".formatted(token, phone))
			.expectStatus()
			.isOk());

		assertThat(after.registrationId()).isEqualTo(before.registrationId());
		assertThat(after.provider()).isEqualTo("apns");
	}

	@Test
	void aDeviceWithoutAnIdGetsOne() {
		Shown device = shown(store.register(alice, RIDER, withoutId(token)).expectStatus().isCreated());

		assertThat(UUID.fromString(device.deviceId())).hasToString(device.deviceId());
	}

	@Test
	void withoutADeviceIdTheTokenStandsForTheInstallation() {
		Shown first = shown(store.register(alice, RIDER, withoutId(token)));

		Shown again = shown(store.register(alice, RIDER, withoutId(token)).expectStatus().isOk());

		assertThat(again).isEqualTo(first);
	}

	@Test
	void withoutADeviceIdTheLoginThatHoldsTheTokenIsRefreshedWhateverItsDeviceId() {
		Shown first = store.registered(alice, RIDER, phone, token);

		Shown again = shown(store.register(alice, RIDER, withoutId(token)).expectStatus().isOk());

		assertThat(again).isEqualTo(first);
	}

	@Test
	void withoutADeviceIdATokenMovesToTheUserWhoLoggedInLast() {
		Shown before = store.registered(alice, RIDER, phone, token);

		Shown after = shown(store.register(bob, RIDER, withoutId(token)).expectStatus().isCreated());

		assertThat(after.registrationId()).isGreaterThan(before.registrationId());
		assertThat(after.deviceId()).isNotEqualTo(before.deviceId());
		assertThat(store.devices(alice, RIDER)).isEmpty();
	}

	@Test
	void aDeviceMovesToTheUserWhoLoggedInLast() {
		Shown before = store.registered(alice, RIDER, phone, token);

		Shown after = shown(store.register(bob, RIDER, """
				{"provider": "fcm", "token": "%s", "device_id": "%s"}""".formatted(Fresh.token(), phone))
			.expectStatus()
			.isCreated());

		assertThat(after.registrationId()).isGreaterThan(before.registrationId());
		assertThat(store.devices(bob, RIDER)).containsExactly(after);
		assertThat(store.devices(alice, RIDER)).isEmpty();
	}

	@Test
	void aTokenMovesToTheUserWhoLoggedInLast() {
		store.registered(alice, RIDER, phone, token);
		Shown other = store.registered(alice, RIDER, Fresh.device(), Fresh.token());

		Shown moved = store.registered(bob, RIDER, Fresh.device(), token);

		assertThat(store.devices(bob, RIDER)).containsExactly(moved);
		assertThat(store.devices(alice, RIDER)).containsExactly(other);
	}

	@Test
	void aReinstalledAppHasOneLogin() {
		store.registered(alice, RIDER, phone, token);

		Shown reinstalled = store.registered(alice, RIDER, Fresh.device(), token);

		assertThat(store.devices(alice, RIDER)).containsExactly(reinstalled);
	}

	@Test
	void aNewLoginMayEndTwoOthers() {
		store.registered(alice, RIDER, phone, Fresh.token());
		store.registered(bob, RIDER, Fresh.device(), token);
		String carol = Fresh.user();

		Shown login = store.registered(carol, RIDER, phone, token);

		assertThat(store.devices(carol, RIDER)).containsExactly(login);
		assertThat(store.devices(alice, RIDER)).isEmpty();
		assertThat(store.devices(bob, RIDER)).isEmpty();
	}

	@Test
	void aRefreshedLoginTakesItsTokenFromWhoeverHeldIt() {
		Shown before = store.registered(alice, RIDER, phone, Fresh.token());
		store.registered(bob, RIDER, Fresh.device(), token);

		Shown after = store.registered(alice, RIDER, phone, token);

		assertThat(after.registrationId()).isEqualTo(before.registrationId());
		assertThat(store.devices(alice, RIDER)).containsExactly(after);
		assertThat(store.devices(bob, RIDER)).isEmpty();
	}

	@Test
	void applicationsAndProvidersDoNotTakeTokensFromEachOther() {
		Shown inRider = store.registered(alice, RIDER, phone, token);
		Shown inDriver = store.registered(bob, DRIVER, phone, token);
		Shown byApns = shown(store.register(bob, RIDER, """
				{"provider": "apns", "token": "%s"}""".formatted(token)));

		assertThat(store.devices(alice, "*")).containsExactly(inRider);
		assertThat(store.devices(bob, "*")).containsExactly(inDriver, byApns);
	}

	@Test
	void idsAndTokensAreComparedByteForByte() {
		Shown lower = store.registered("anna", RIDER, "tablet-a", "case-of-token");
		Shown upper = store.registered("Anna", RIDER, "tablet-A", "CASE-of-token");

		assertThat(store.devices("anna", RIDER)).containsExactly(lower);
		assertThat(store.devices("Anna", RIDER)).containsExactly(upper);
	}

	@Test
	void aDeviceIsShownWithoutWhatTheAppDidNotTell() {
		Shown device = store.registered(alice, RIDER, phone, token);

		store.list(alice, RIDER)
			.expectBody()
			.json("""
					{"devices": [{"registration_id": %d, "device_id": "%s", "user_id": "%s", "application_id": "%s",
					  "provider": "fcm", "token": "%s…", "environment": "production", "registered_at": "%s",
					  "last_seen_at": "%s"}]}""".formatted(device.registrationId(), phone, alice, RIDER,
					token.substring(0, 6), device.registeredAt(), device.lastSeenAt()), JsonCompareMode.STRICT);
	}

	@Test
	void whatARegistrationDidIsCounted() {
		double created = count("new");
		double refreshed = count("refreshed");
		double moved = count("moved");

		store.registered(alice, RIDER, phone, token);
		store.registered(alice, RIDER, phone, token);
		store.registered(bob, RIDER, phone, token);

		assertThat(List.of(count("new"), count("refreshed"), count("moved"))).containsExactly(created + 1,
				refreshed + 1, moved + 1);
	}

	private double count(String kind) {
		return metrics.counter("herald.devices.registered", "application", RIDER, "provider", "fcm", "kind", kind)
			.count();
	}

	private static String withoutId(String token) {
		return """
				{"provider": "fcm", "token": "%s"}""".formatted(token);
	}

}
