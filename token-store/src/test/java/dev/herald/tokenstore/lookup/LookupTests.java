package dev.herald.tokenstore.lookup;

import static dev.herald.tokenstore.fixture.House.COURIER;
import static dev.herald.tokenstore.fixture.House.DRIVER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceLookup;
import dev.herald.common.device.DeviceQuery;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@TokenStoreTest
class LookupTests {

	private final TokenStoreClient store;

	private final String alice = Fresh.user();

	private final String bob = Fresh.user();

	LookupTests(@Autowired org.springframework.core.env.Environment environment) {
		this.store = new TokenStoreClient(environment);
	}

	@Test
	void aDeviceComesWithAllThatAPushNeeds() {
		String token = Fresh.token();
		Shown shown = store.registered(alice, RIDER, "phone-of-" + alice, token);

		List<List<Device>> found = lookup(query(alice, RIDER));

		assertThat(found).containsExactly(List.of(new Device(new RegistrationId(shown.registrationId()),
				new DeviceId("phone-of-" + alice), new UserId(alice), new ApplicationId(RIDER), Provider.FCM,
				new DeviceToken(token), Environment.PRODUCTION, shown.registeredAt())));
	}

	@Test
	void answersComeInTheOrderOfTheQueries() {
		long phone = register(alice, RIDER);
		long other = register(bob, RIDER);
		long tablet = register(alice, RIDER);
		long inDriver = register(alice, DRIVER);

		List<List<Device>> found = lookup(query(bob, RIDER), query(Fresh.user(), RIDER), query(alice, DRIVER),
				query(alice, RIDER), query(alice, null), query(bob, RIDER));

		assertThat(ids(found)).containsExactly(List.of(other), List.of(), List.of(inDriver), List.of(phone, tablet),
				List.of(phone, tablet, inDriver), List.of(other));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 64, 65, 130, 500 })
	void everyNumberOfQueriesIsAnswered(int size) {
		List<String> users = IntStream.range(0, size).mapToObj(number -> Fresh.user()).toList();
		long first = register(users.getFirst(), RIDER);
		long last = register(users.getLast(), RIDER);
		long firstCourier = register(users.getFirst(), COURIER);
		long lastCourier = register(users.getLast(), COURIER);

		List<List<Device>> inRider = lookup(users.stream().map(user -> query(user, RIDER)).toList());
		List<List<Device>> inCourier = lookup(users.stream().map(user -> query(user, COURIER)).toList());
		List<List<Device>> everywhere = lookup(users.stream().map(user -> query(user, null)).toList());

		assertThat(ids(inRider)).isEqualTo(expected(size, List.of(first), List.of(last)));
		assertThat(ids(inCourier)).isEqualTo(size == 1 ? List.of(List.of(lastCourier))
				: expected(size, List.of(firstCourier), List.of(lastCourier)));
		assertThat(ids(everywhere)).isEqualTo(size == 1 ? List.of(List.of(first, last, lastCourier))
				: expected(size, List.of(first, firstCourier), List.of(last, lastCourier)));
	}

	@Test
	void anApplicationMayWantTheNewestDeviceOnly() {
		register(alice, COURIER);
		long newest = register(alice, COURIER);
		long inRider = register(alice, RIDER);
		long alsoInRider = register(alice, RIDER);
		long ofBob = register(bob, COURIER);

		List<List<Device>> found = lookup(query(alice, COURIER), query(bob, COURIER), query(alice, null));

		assertThat(ids(found)).containsExactly(List.of(newest), List.of(ofBob), List.of(newest, inRider, alsoInRider));
	}

	@Test
	void aCampaignGetsTheSameAnswer() {
		long phone = register(alice, RIDER);

		List<List<Device>> found = found(
				store.internalPost("/internal/devices/lookup?for=campaign", json(List.of(query(alice, RIDER)))));

		assertThat(ids(found)).containsExactly(List.of(phone));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rider", "courier", "*" })
	void oneUserCanBeAskedForByHeaders(String application) {
		register(alice, COURIER);
		long courier = register(alice, COURIER);
		long rider = register(alice, RIDER);

		DeviceLookup.Found all = new DeviceLookup.Found(List.of(single(application)));

		assertThat(ids(all.devices())).containsExactly(switch (application) {
			case "rider" -> List.of(rider);
			case "courier" -> List.of(courier);
			default -> List.of(courier, rider);
		});
	}

	@Test
	void fieldsOfALaterVersionAreNotMinded() {
		long phone = register(alice, RIDER);

		List<List<Device>> found = found(store.internalPost("/internal/devices/lookup", """
				{"queries": [{"user_id": "%s", "application_id": "%s", "later": 1}], "later": {}}""".formatted(alice,
				RIDER)));

		assertThat(ids(found)).containsExactly(List.of(phone));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"queries": []}
			{}
			{"queries": [{"application_id": "com.acme.rider"}]}
			{"queries": [{"user_id": "with space"}]}
			{"queries": [null]}
			[]
			""")
	void aWrongLookUpIsRefused(String body) {
		store.internalPost("/internal/devices/lookup", body).expectStatus().isBadRequest();
	}

	@Test
	void aLookUpIsBounded() {
		String queries = String.join(",", Collections.nCopies(501, "{\"user_id\": \"a\"}"));

		store.internalPost("/internal/devices/lookup", "{\"queries\": [%s]}".formatted(queries))
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void anUnknownPurposeIsRefused() {
		store.internalPost("/internal/devices/lookup?for=fun", "{\"queries\": [{\"user_id\": \"a\"}]}")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("for");
	}

	private long register(String user, String application) {
		return store.registered(user, application, Fresh.device(), Fresh.token()).registrationId();
	}

	private List<Device> single(String application) {
		byte[] body = store.http().get().uri("/internal/devices").headers(headers -> {
			headers.setBearerAuth(House.INTERNAL_KEY);
			headers.set("user_id", alice);
			headers.set("application_id", application.equals("*") ? "*" : "com.acme." + application);
		}).exchange().expectStatus().isOk().expectBody().returnResult().getResponseBodyContent();
		return HeraldJson.read(body, InternalDeviceController.SingleFound.class).devices();
	}

	private List<List<Device>> lookup(DeviceQuery... queries) {
		return lookup(List.of(queries));
	}

	private List<List<Device>> lookup(List<DeviceQuery> queries) {
		return found(store.internalPost("/internal/devices/lookup", json(queries)));
	}

	private static List<List<Device>> found(ResponseSpec answer) {
		byte[] body = answer.expectStatus().isOk().expectBody().returnResult().getResponseBodyContent();
		return HeraldJson.read(body, DeviceLookup.Found.class).devices();
	}

	private static String json(List<DeviceQuery> queries) {
		return new String(HeraldJson.write(new DeviceLookup(queries)), StandardCharsets.UTF_8);
	}

	private static DeviceQuery query(String user, @Nullable String application) {
		return new DeviceQuery(new UserId(user), application == null ? null : new ApplicationId(application));
	}

	private static List<List<Long>> ids(List<List<Device>> found) {
		return found.stream()
			.map(devices -> devices.stream().map(device -> device.registrationId().value()).toList())
			.toList();
	}

	/** What is found if only the first and the last of the users have devices. */
	private static List<List<Long>> expected(int size, List<Long> first, List<Long> last) {
		List<List<Long>> expected = new ArrayList<>(Collections.nCopies(size, List.of()));
		expected.set(0, first);
		expected.set(size - 1, size == 1 ? List.of(first.getFirst(), last.getFirst()) : last);
		return expected;
	}

}
