package dev.herald.tokenstore.lookup;

import static dev.herald.tokenstore.fixture.House.DRIVER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.database.ApiPool;
import dev.herald.common.device.Device;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.json.HeraldJson;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@TokenStoreTest
class PageTests {

	private final TokenStoreClient store;

	private final JdbcClient database;

	private final String alice = Fresh.user();

	PageTests(@Autowired Environment environment, @Autowired @ApiPool JdbcClient database) {
		this.store = new TokenStoreClient(environment);
		this.database = database;
	}

	@BeforeEach
	void nobodyIsThere() {
		database.sql("DELETE FROM device").update();
	}

	@Test
	void thePagesOfAnApplicationHoldEveryDeviceOnceInTheOrderOfRegistration() {
		List<Long> registered = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			registered.add(register(RIDER));
			register(DRIVER);
		}

		List<Long> paged = new ArrayList<>();
		RegistrationId after = new RegistrationId(1);
		int pages = 0;
		while (after != null) {
			DevicePage page = page(
					"application_id=%s&limit=3&after=%d".formatted(RIDER, pages == 0 ? 0 : after.value()));
			page.devices().stream().map(Device::registrationId).map(RegistrationId::value).forEach(paged::add);
			after = page.next();
			pages++;
		}

		assertThat(paged).isEqualTo(registered);
		assertThat(pages).isEqualTo(3);
	}

	@Test
	void aDeviceThatComesAndOneThatGoesShiftNoPage() {
		long first = register(RIDER);
		long second = register(RIDER);
		long third = register(RIDER);
		DevicePage begin = page("application_id=%s&limit=2".formatted(RIDER));
		database.sql("DELETE FROM device WHERE id = ?").param(first).update();
		long fourth = register(RIDER);

		DevicePage rest = page("application_id=%s&limit=3&after=%s".formatted(RIDER, begin.next()));

		assertThat(begin.next()).isEqualTo(new RegistrationId(second));
		assertThat(rest.devices()).extracting(device -> device.registrationId().value()).containsExactly(third, fourth);
		assertThat(rest.next()).isNull();
	}

	@Test
	void anApplicationWithoutDevicesHasOneEmptyPage() {
		DevicePage page = page("application_id=com.acme.nobody");

		assertThat(page).isEqualTo(new DevicePage(List.of(), null));
	}

	@ParameterizedTest
	@CsvSource({ "limit=5, application_id", "application_id=a/b, application_id", "application_id=a&limit=0, limit",
			"application_id=a&limit=1001, limit", "application_id=a&limit=x, limit",
			"application_id=a&after=x, after" })
	void aWrongPageIsRefused(String query, String field) {
		store.internalGet("/internal/devices/page?" + query)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo(field);
	}

	private long register(String application) {
		return store.registered(alice, application, Fresh.device(), Fresh.token()).registrationId();
	}

	private DevicePage page(String query) {
		byte[] body = store.internalGet("/internal/devices/page?" + query)
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		return HeraldJson.read(body, DevicePage.class);
	}

}
