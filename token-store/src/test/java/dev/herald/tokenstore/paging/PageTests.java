package dev.herald.tokenstore.paging;

import static dev.herald.tokenstore.fixture.House.COURIER;
import static dev.herald.tokenstore.fixture.House.DRIVER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.database.ApiPool;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceCount;
import dev.herald.common.device.DeviceFilter;
import dev.herald.common.device.DevicePage;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

@TokenStoreTest
class PageTests {

	private static final long EVERY = Long.MAX_VALUE;

	private final TokenStoreClient store;

	private final JdbcTemplate database;

	private final Population population;

	PageTests(@Autowired Environment environment, @Autowired @ApiPool JdbcTemplate database) {
		this.store = new TokenStoreClient(environment);
		this.database = database;
		this.population = new Population(database);
	}

	@BeforeEach
	@AfterEach
	void nobodyIsThere() {
		Population.clear(database);
	}

	@Test
	void thePagesOfALaneHoldEveryDeviceOnceInTheOrderOfRegistration() {
		for (int i = 0; i < 7; i++) {
			population.add(RIDER, "fcm", null, null, 0).add(RIDER, "apns", null, null, 0);
			population.add(DRIVER, "fcm", null, null, 0);
		}
		population.settle();

		List<Long> fcm = paged(RIDER, Provider.FCM, EVERY, 3, DeviceFilter.NONE);

		assertThat(fcm).isEqualTo(population.ids("application_id = '" + RIDER + "' AND provider = 'fcm'"));
		assertThat(paged(RIDER, Provider.APNS, EVERY, 7, DeviceFilter.NONE)).hasSize(7);
	}

	@Test
	void everyDeviceOfAUserIsReachedWhateverTheApplicationWantsForNotifications() {
		String alice = Fresh.user();
		long phone = register(alice, COURIER);
		long newer = register(alice, COURIER);

		assertThat(paged(COURIER, Provider.FCM, EVERY, 10, DeviceFilter.NONE)).containsExactly(phone, newer);
	}

	@Test
	void rangesShareTheirDevicesWithoutAGapOrAnOverlap() {
		IntStream.range(0, 20).forEach(number -> population.add(RIDER, "fcm", null, null, 0));
		population.settle();
		List<Long> all = population.ids("TRUE");
		long middle = all.get(9);

		DevicePage last = page(query(RIDER, Provider.FCM, middle, all.getLast(), 10, DeviceFilter.NONE));

		assertThat(paged(RIDER, Provider.FCM, middle, 4, DeviceFilter.NONE)).isEqualTo(all.subList(0, 10));
		assertThat(ids(last)).isEqualTo(all.subList(10, 20));
		assertThat(last.next()).isNull();
	}

	@Test
	void aDeviceThatComesAndOneThatGoesShiftNoPage() {
		String alice = Fresh.user();
		long first = register(alice, RIDER);
		long second = register(alice, RIDER);
		long third = register(alice, RIDER);
		DevicePage begin = page(query(RIDER, Provider.FCM, 0, EVERY, 2, DeviceFilter.NONE));
		database.update("DELETE FROM device WHERE id = ?", first);
		long fourth = register(alice, RIDER);

		DevicePage rest = page(query(RIDER, Provider.FCM, second, EVERY, 3, DeviceFilter.NONE));

		assertThat(begin.next()).isEqualTo(second);
		assertThat(ids(rest)).containsExactly(third, fourth);
		assertThat(rest.next()).isNull();
	}

	@Test
	void anApplicationWithoutDevicesHasOneEmptyPage() {
		assertThat(page(query("com.acme.nobody", Provider.FCM, 0, EVERY, 10, DeviceFilter.NONE)))
			.isEqualTo(new DevicePage(List.of(), null));
	}

	@ParameterizedTest
	@CsvSource({ "de, de de-AT de_CH DE-de de@calendar=x", "de-AT, de-AT", "DE-de, DE-de", "zh-Hans, zh_Hans_CN",
			"en, en_US@rg=gbzzzz", "en-US, en_US@rg=gbzzzz",
			"*, de de-AT de_CH DE-de de@calendar=x den d zh_Hans_CN en_US@rg=gbzzzz", "fr, ''" })
	void aLanguageRangeMatchesWhateverTheFormOfTheLocale(String range, String expected) {
		for (String locale : "de de-AT de_CH DE-de de@calendar=x den d zh_Hans_CN en_US@rg=gbzzzz".split(" ")) {
			population.add(RIDER, "fcm", locale, null, 0);
		}
		population.add(RIDER, "fcm", null, null, 0).settle();

		List<Long> found = paged(RIDER, Provider.FCM, EVERY, 100, new DeviceFilter(List.of(range), List.of(), null));

		List<String> locales = found.stream()
			.map(id -> String
				.valueOf(database.queryForObject("SELECT locale FROM device WHERE id = ?", String.class, id)))
			.toList();
		assertThat(String.join(" ", locales)).isEqualTo(expected);
	}

	@Test
	void conditionsAreAllToBeMet() {
		population.add(RIDER, "fcm", "de", "4.2", 10)
			.add(RIDER, "fcm", "fr", "4.3", 11)
			.add(RIDER, "fcm", "fr", "4.4", 11)
			.add(RIDER, "fcm", "it", "4.3", 11)
			.add(RIDER, "fcm", "fr", "4.3", 9)
			.add(RIDER, "fcm", null, null, 11)
			.settle();
		List<Long> all = population.ids("TRUE");

		List<Long> found = paged(RIDER, Provider.FCM, EVERY, 100, new DeviceFilter(List.of("de", "en", "fr"),
				List.of("4.2", "4.3"), Population.EPOCH.plusMinutes(10).toInstant(ZoneOffset.UTC)));

		assertThat(found).containsExactly(all.get(0), all.get(1));
	}

	@Test
	void aSelectiveFilterGoesOnWindowByWindow() {
		int rows = 2 * DevicePages.WINDOW + 100;
		for (int i = 0; i < rows; i++) {
			boolean rare = i == 3 || i == DevicePages.WINDOW || i == rows - 1;
			population.add(RIDER, "fcm", rare ? "is" : "de", null, 0);
		}
		population.settle();
		List<Long> rare = population.ids("locale = 'is'");
		DeviceFilter icelandic = new DeviceFilter(List.of("is"), List.of(), null);

		DevicePage first = page(query(RIDER, Provider.FCM, 0, EVERY, 10, icelandic));

		assertThat(ids(first)).containsExactly(rare.getFirst());
		assertThat(first.next()).isEqualTo(population.ids("TRUE").get(DevicePages.WINDOW - 1));
		assertThat(paged(RIDER, Provider.FCM, EVERY, 10, icelandic)).isEqualTo(rare);
	}

	@Test
	void aCountIsExactWithoutAFilterAndForFewWithOne() {
		for (int i = 0; i < 700; i++) {
			population.add(RIDER, i % 2 == 0 ? "fcm" : "apns", i % 10 == 0 ? "de" : "fr", null, 0);
		}
		population.add(DRIVER, "fcm", null, null, 0).settle();
		List<Long> all = population.ids("TRUE");

		assertThat(count(query(RIDER, Provider.FCM, 0, EVERY, 1, DeviceFilter.NONE)))
			.isEqualTo(new DeviceCount(350, all.getFirst(), all.get(698)));
		assertThat(count(query(DRIVER, Provider.FCM, 0, EVERY, 1, DeviceFilter.NONE)))
			.isEqualTo(new DeviceCount(1, all.getLast(), all.getLast()));
		assertThat(count(query(RIDER, Provider.FCM, all.get(99), all.get(199), 1, DeviceFilter.NONE)).devices())
			.isEqualTo(50);
		assertThat(count(query(RIDER, Provider.FCM, 0, EVERY, 1, new DeviceFilter(List.of("de"), List.of(), null)))
			.devices()).isEqualTo(70);
	}

	@Test
	void aCountOfManyWithAFilterIsNearTheTruth() {
		int rows = 24_000;
		for (int i = 0; i < rows; i++) {
			// The later, the more of them.
			population.add(RIDER, "fcm", i % 10 < 1 + i * 5 / rows ? "de" : "fr", null, 0);
		}
		population.settle();
		int truth = population.ids("locale = 'de'").size();

		long estimate = count(query(RIDER, Provider.FCM, 0, EVERY, 1, new DeviceFilter(List.of("de"), List.of(), null)))
			.devices();

		assertThat(estimate).isBetween(truth * 95L / 100, truth * 105L / 100);
	}

	@Test
	void anEmptyTableCountsNothing() {
		assertThat(count(query(RIDER, Provider.FCM, 0, EVERY, 1, DeviceFilter.NONE))).isEqualTo(DeviceCount.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "\"limit\": 0", "\"limit\": 1001", "\"limit\": \"x\"", "\"after\": -1",
			"\"application_id\": \"a/b\"", "\"provider\": \"pager\"", "\"filter\": null",
			"\"filter\": {\"locales\": [\"de_AT\"], \"app_versions\": []}",
			"\"filter\": {\"locales\": [\"%\"], \"app_versions\": []}",
			"\"filter\": {\"locales\": [null], \"app_versions\": []}" })
	void aWrongPageIsRefused(String wrong) {
		String name = wrong.replaceAll("^(\"\\w+\"):.*", "$1");
		String body = wrong.startsWith("\"") ? json(query(RIDER, Provider.FCM, 0, EVERY, 10, DeviceFilter.NONE))
			.replaceFirst(name + ":(\\{.*?}|\"[^\"]*\"|\\d+)", java.util.regex.Matcher.quoteReplacement(wrong)) : wrong;

		store.internalPost("/internal/devices/page", body).expectStatus().isBadRequest();
		store.internalPost("/internal/devices/count", body).expectStatus().isBadRequest();
	}

	@Test
	void fieldsOfALaterVersionAreNotMinded() {
		String body = json(query(RIDER, Provider.FCM, 0, EVERY, 10, DeviceFilter.NONE)).replaceFirst("\\{",
				"{\"later\": 1, ");

		store.internalPost("/internal/devices/page", body).expectStatus().isOk();
	}

	private long register(String user, String application) {
		return store.registered(user, application, Fresh.device(), Fresh.token()).registrationId();
	}

	/** The devices of all pages up to a registration. */
	private List<Long> paged(String application, Provider provider, long upTo, int limit, DeviceFilter filter) {
		List<Long> paged = new ArrayList<>();
		@Nullable Long after = 0L;
		while (after != null) {
			DevicePage page = page(query(application, provider, after, upTo, limit, filter));
			assertThat(page.devices()).hasSizeLessThanOrEqualTo(limit);
			paged.addAll(ids(page));
			after = page.next();
		}
		return paged;
	}

	private DevicePage page(DevicePageQuery query) {
		return answer("/internal/devices/page", query, DevicePage.class);
	}

	private DeviceCount count(DevicePageQuery query) {
		return answer("/internal/devices/count", query, DeviceCount.class);
	}

	private <T> T answer(String path, DevicePageQuery query, Class<T> type) {
		byte[] body = store.internalPost(path, json(query))
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		return HeraldJson.read(body, type);
	}

	private static DevicePageQuery query(String application, Provider provider, long after, long upTo, int limit,
			DeviceFilter filter) {
		return new DevicePageQuery(new ApplicationId(application), provider, after, upTo, limit, filter);
	}

	private static String json(DevicePageQuery query) {
		return new String(HeraldJson.write(query), StandardCharsets.UTF_8);
	}

	private static List<Long> ids(DevicePage page) {
		return page.devices().stream().map(Device::registrationId).map(id -> id.value()).toList();
	}

}
