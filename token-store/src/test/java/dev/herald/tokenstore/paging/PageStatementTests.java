package dev.herald.tokenstore.paging;

import static dev.herald.tokenstore.fixture.House.DRIVER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.database.ApiPool;
import dev.herald.common.device.DeviceFilter;
import dev.herald.common.device.DevicePage;
import dev.herald.common.device.DevicePageQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.testsupport.RequiresMySql;
import dev.herald.tokenstore.fixture.ServerCounters;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What pages cost the server, where one lane has nearly all devices and where one has few
 * among them.
 */
@TokenStoreTest
@RequiresMySql
class PageStatementTests {

	private static final int MANY = 18_000;

	private static final DeviceFilter NOBODY = new DeviceFilter(List.of("is"), List.of(), null);

	private final JdbcTemplate database;

	private final ServerCounters server;

	private final DevicePages pages;

	PageStatementTests(@Autowired @ApiPool DataSource pool, @Autowired @ApiPool JdbcTemplate database) {
		this.database = database;
		this.server = new ServerCounters(pool);
		this.pages = new DevicePages(new PageSelects(server.jdbc()));
	}

	@BeforeEach
	void theTableIsFull() {
		Population population = new Population(database);
		for (int i = 0; i < MANY; i++) {
			population.add(RIDER, "fcm", "de", "4.2", 0);
			if (i % 20 == 0) {
				population.add(DRIVER, "fcm", "de", "4.2", 0);
			}
		}
		population.settle();
		database.execute("ANALYZE TABLE device");
	}

	@AfterEach
	void giveBack() throws SQLException {
		server.close();
		Population.clear(database);
	}

	@ParameterizedTest
	@ValueSource(strings = { RIDER, DRIVER })
	void aPageReadsOnlyTheRowsItReturns(String application) {
		for (long after : List.of(0L, middle(application))) {
			AtomicReference<DevicePage> page = new AtomicReference<>();

			long reads = server.readsOf(() -> page.set(pages.page(query(application, after, DeviceFilter.NONE))));

			assertThat(page.get().devices()).hasSize(400);
			assertThat(reads).as("after %d", after).isBetween(400L, 402L);
		}
	}

	@Test
	void aPageThatNobodyMatchesReadsNoMoreThanItsWindow() {
		AtomicReference<DevicePage> page = new AtomicReference<>();

		long reads = server.readsOf(() -> page.set(pages.page(query(RIDER, 0, NOBODY))));

		assertThat(page.get().devices()).isEmpty();
		assertThat(page.get().next()).isNotNull();
		assertThat(reads).as("the window in the index, and its rows")
			.isBetween((long) DevicePages.WINDOW, 2L * DevicePages.WINDOW + 5);
	}

	@Test
	void aCountReadsTheIndexOnce() {
		long reads = server.readsOf(() -> pages.count(query(RIDER, 0, DeviceFilter.NONE)));

		assertThat(reads).isBetween((long) MANY, MANY + 5L * DevicePages.STRATA);
	}

	@Test
	void theStatementsGoAlongTheIndexAndSortNothing() {
		String plan = server.jdbc()
			.sql("""
					EXPLAIN FORMAT=TRADITIONAL SELECT * FROM device USE INDEX (device_by_registration)
					WHERE application_id = ? AND provider = ? AND id > ? AND id <= ? ORDER BY id LIMIT 400""")
			.params(RIDER, "fcm", 0, Long.MAX_VALUE)
			.query((row, ignored) -> row.getString("key") + " " + row.getString("Extra"))
			.single();

		assertThat(plan).startsWith("device_by_registration").doesNotContain("filesort");
	}

	@Test
	void pagesArePreparedOnce() {
		pages.page(query(RIDER, 0, DeviceFilter.NONE));
		pages.page(query(RIDER, 0, NOBODY));

		long prepares = server.preparesOf(() -> IntStream.range(0, 20).forEach(number -> {
			pages.page(query(RIDER, number, DeviceFilter.NONE));
			pages.page(query(RIDER, number, NOBODY));
		}));

		assertThat(prepares).isZero();
	}

	private long middle(String application) {
		List<Long> ids = database.query("SELECT id FROM device WHERE application_id = ? ORDER BY id",
				(row, ignored) -> row.getLong(1), application);
		return ids.get(ids.size() / 2);
	}

	private static DevicePageQuery query(String application, long after, DeviceFilter filter) {
		return new DevicePageQuery(new ApplicationId(application), Provider.FCM, after, Long.MAX_VALUE, 400, filter);
	}

}
