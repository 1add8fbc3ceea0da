package dev.herald.tokenstore.lookup;

import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.TokenStoreClient;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@TokenStoreTest
class PoolTests {

	private final TokenStoreClient store;

	private final HikariDataSource api;

	private final HikariDataSource worker;

	private final List<Connection> taken = new ArrayList<>();

	private final String alice = Fresh.user();

	PoolTests(@Autowired Environment environment, @Autowired @ApiPool DataSource api,
			@Autowired @WorkerPool DataSource worker) {
		this.store = new TokenStoreClient(environment);
		this.api = (HikariDataSource) api;
		this.worker = (HikariDataSource) worker;
	}

	@BeforeEach
	void aliceHasAPhone() {
		store.registered(alice, RIDER, Fresh.device(), Fresh.token());
	}

	@AfterEach
	void giveBack() throws SQLException {
		for (Connection connection : taken) {
			connection.close();
		}
	}

	@Test
	void campaignsThatTakeEveryConnectionOfTheirsHoldUpNobodyElse() throws SQLException {
		takeAll(worker);

		lookup("notification").expectStatus().isOk();
		store.list(alice, RIDER).expectStatus().isOk();
		expectUnavailable(lookup("campaign"));
		expectUnavailable(page());
		expectUnavailable(store.internalPost("/internal/devices/registrations", "{\"registration_ids\": [1]}"));
	}

	@Test
	void aBusyApiHoldsUpNoCampaign() throws SQLException {
		takeAll(api);

		lookup("campaign").expectStatus().isOk();
		page().expectStatus().isOk();
		expectUnavailable(lookup("notification"));
	}

	private void takeAll(HikariDataSource pool) throws SQLException {
		for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
			taken.add(pool.getConnection());
		}
	}

	private ResponseSpec lookup(String purpose) {
		return store.internalPost("/internal/devices/lookup?for=" + purpose, """
				{"queries": [{"user_id": "%s", "application_id": "%s"}]}""".formatted(alice, RIDER));
	}

	private ResponseSpec page() {
		return store.internalPost("/internal/devices/page", """
				{"application_id": "%s", "provider": "fcm", "after": 0, "up_to": 1000, "limit": 10,
				 "filter": {"locales": [], "app_versions": []}}""".formatted(RIDER));
	}

	private static void expectUnavailable(ResponseSpec answer) {
		answer.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.value("Retry-After", seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
	}

}
