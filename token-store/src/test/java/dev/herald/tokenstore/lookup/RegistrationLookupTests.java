package dev.herald.tokenstore.lookup;

import static dev.herald.tokenstore.fixture.House.COURIER;
import static dev.herald.tokenstore.fixture.House.DRIVER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.device.Device;
import dev.herald.common.device.RegistrationLookup;
import dev.herald.common.device.RegistrationLookup.Found;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.json.HeraldJson;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.House;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreClient.Shown;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

/** Which registrations have not ended. */
@TokenStoreTest
class RegistrationLookupTests {

	private final TokenStoreClient store;

	private final String alice = Fresh.user();

	private final String bob = Fresh.user();

	private final String phone = Fresh.device();

	private final String token = Fresh.token();

	RegistrationLookupTests(@Autowired org.springframework.core.env.Environment environment) {
		this.store = new TokenStoreClient(environment);
	}

	@Test
	void aRegisteredDeviceComesWithAllThatAPushNeeds() {
		Shown shown = store.registered(alice, RIDER, phone, token);

		assertThat(registered(shown.registrationId()))
			.containsExactly(new Device(new RegistrationId(shown.registrationId()), new DeviceId(phone),
					new UserId(alice), new ApplicationId(RIDER), Provider.FCM, new DeviceToken(token),
					Environment.PRODUCTION, shown.registeredAt()));
	}

	@Test
	void aRefreshedTokenIsToldUnderTheSameRegistration() {
		long id = store.registered(alice, RIDER, phone, token).registrationId();
		String refreshed = Fresh.token();

		store.registered(alice, RIDER, phone, refreshed);

		assertThat(registered(id)).extracting(Device::token).containsExactly(new DeviceToken(refreshed));
	}

	@Test
	void aLogoutEndsARegistrationForGood() {
		long ended = store.registered(alice, RIDER, phone, token).registrationId();

		store.logOut(alice, RIDER, phone).expectStatus().is2xxSuccessful();
		long again = store.registered(alice, RIDER, phone, token).registrationId();

		assertThat(registered(ended)).isEmpty();
		assertThat(ids(registered(ended, again))).containsExactly(again);
	}

	@Test
	void anotherUsersLoginOnTheSamePhoneEndsARegistration() {
		long ofAlice = store.registered(alice, RIDER, phone, token).registrationId();

		long ofBob = store.registered(bob, RIDER, phone, token).registrationId();

		assertThat(ids(registered(ofAlice, ofBob))).containsExactly(ofBob);
	}

	@Test
	void oneRequestIsForRegistrationsOfAnyApplicationAndOlderDevicesToo() {
		long older = store.registered(alice, COURIER, Fresh.device(), Fresh.token()).registrationId();
		long newest = store.registered(alice, COURIER, Fresh.device(), Fresh.token()).registrationId();
		long inDriver = store.registered(bob, DRIVER, Fresh.device(), Fresh.token()).registrationId();

		assertThat(ids(registered(inDriver, newest, older, newest, Long.MAX_VALUE))).containsExactlyInAnyOrder(older,
				newest, inDriver);
	}

	@Test
	void aDeviceThatIsKnownAsItIsIsNotToldAgain() {
		Device known = registered(store.registered(alice, RIDER, phone, token).registrationId()).getFirst();
		Device ended = registered(store.registered(bob, RIDER, Fresh.device(), Fresh.token()).registrationId())
			.getFirst();
		store.logOut(bob, RIDER, ended.deviceId().value()).expectStatus().is2xxSuccessful();

		assertThat(became(known, ended)).isEqualTo(new Found(List.of(), List.of(known.registrationId())));
	}

	@Test
	void aDeviceWhoseTokenWasRefreshedSinceIsTold() {
		Device known = registered(store.registered(alice, RIDER, phone, token).registrationId()).getFirst();
		store.registered(alice, RIDER, phone, Fresh.token());
		Device refreshed = registered(known.registrationId().value()).getFirst();

		assertThat(became(known)).isEqualTo(new Found(List.of(refreshed), List.of()));
		assertThat(became(refreshed, known)).isEqualTo(new Found(List.of(refreshed), List.of()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 64, 65, 499, 500 })
	void everyNumberOfRegistrationsIsAnswered(int number) {
		long id = store.registered(alice, RIDER, phone, token).registrationId();
		long[] others = IntStream.range(0, number).mapToLong(i -> Long.MAX_VALUE - i).toArray();
		others[number / 2] = id;

		assertThat(ids(registered(others))).containsExactly(id);
	}

	@Test
	void fieldsOfALaterVersionAreNotMinded() {
		long id = store.registered(alice, RIDER, phone, token).registrationId();

		assertThat(ids(registered("{\"registration_ids\": [%d], \"later\": {}}".formatted(id)))).containsExactly(id);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"registration_ids": []}
			{}
			{"registration_ids": null}
			{"registration_ids": [null]}
			{"registration_ids": [0]}
			{"registration_ids": [-1]}
			{"registration_ids": ["one"]}
			{"registration_ids": 1}
			{"registration_ids": [1], "versions": []}
			{"registration_ids": [1], "versions": [1, 2]}
			{"registration_ids": [1], "versions": [null]}
			{"registration_ids": [1], "versions": ["yesterday"]}
			[]
			""")
	void aWrongLookUpIsRefused(String body) {
		store.internalPost("/internal/devices/registrations", body).expectStatus().isBadRequest();
	}

	@Test
	void aLookUpIsBounded() {
		String ids = String.join(",", Collections.nCopies(501, "1"));

		store.internalPost("/internal/devices/registrations", "{\"registration_ids\": [%s]}".formatted(ids))
			.expectStatus()
			.isBadRequest();
	}

	@ParameterizedTest
	@ValueSource(strings = { House.REGISTRAR_KEY, House.OPERATOR_KEY })
	void onlyHeraldItselfMayAsk(String key) {
		store.http()
			.post()
			.uri("/internal/devices/registrations")
			.headers(TokenStoreClient.key(key))
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"registration_ids\": [1]}")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	private List<Device> registered(long... ids) {
		List<RegistrationId> registrations = IntStream.range(0, ids.length)
			.mapToObj(i -> new RegistrationId(ids[i]))
			.toList();
		return registered(written(new RegistrationLookup(registrations, null)));
	}

	private List<Device> registered(String body) {
		return answer(body).devices();
	}

	private Found became(Device... known) {
		return answer(written(RegistrationLookup.of(List.of(known))));
	}

	private static String written(RegistrationLookup lookup) {
		return new String(HeraldJson.write(lookup), StandardCharsets.UTF_8);
	}

	private Found answer(String body) {
		byte[] answer = store.internalPost("/internal/devices/registrations", body)
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		return HeraldJson.read(answer, Found.class);
	}

	private static List<Long> ids(List<Device> devices) {
		return devices.stream().map(device -> device.registrationId().value()).toList();
	}

}
