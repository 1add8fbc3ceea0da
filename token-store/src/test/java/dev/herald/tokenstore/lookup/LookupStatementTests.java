package dev.herald.tokenstore.lookup;

import static dev.herald.tokenstore.fixture.House.COURIER;
import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.database.ApiPool;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import dev.herald.testsupport.RequiresMySql;
import dev.herald.tokenstore.fixture.Crowd;
import dev.herald.tokenstore.fixture.ServerCounters;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the look-ups cost the server, among many devices of other users. */
@TokenStoreTest
@RequiresMySql
class LookupStatementTests {

	private final JdbcTemplate database;

	private final ServerCounters server;

	private final DeviceFinder finder;

	LookupStatementTests(@Autowired @ApiPool DataSource pool, @Autowired @ApiPool JdbcTemplate database,
			@Autowired ApplicationsFile applications) {
		this.database = database;
		this.server = new ServerCounters(pool);
		this.finder = new DeviceFinder(new DeviceSelects(server.jdbc()), applications);
	}

	@BeforeEach
	void theTableIsFull() {
		Crowd.gather(database);
	}

	@AfterEach
	void giveBack() throws SQLException {
		server.close();
	}

	/**
	 * Each user costs the server one search in the index, one step for each device, and
	 * one that finds the next user's.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 64, 500 })
	void aLookUpReadsOnlyTheRowsItReturns(int users) {
		AtomicInteger found = new AtomicInteger();

		long reads = server.readsOf(() -> found.set(find(users, RIDER)));

		assertThat(found).hasValue(users * Crowd.DEVICES_PER_USER);
		assertThat(reads).isBetween((long) found.get(), (long) users * (Crowd.DEVICES_PER_USER + 2));
	}

	/** The numbers are powers of two: what pads the others is asked for again. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 64, 256 })
	void theNewestDeviceIsReadWithoutTheOlderOnes(int users) {
		AtomicInteger found = new AtomicInteger();

		long reads = server.readsOf(() -> found.set(find(users, COURIER)));

		assertThat(found).hasValue(users);
		assertThat(reads).isEqualTo(users);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 64, 500 })
	void aLookUpInEveryApplicationReadsOnlyTheRowsOfTheUsers(int users) {
		int rowsPerUser = 3 * Crowd.DEVICES_PER_USER;

		long reads = server.readsOf(() -> find(users, null));

		assertThat(reads).isBetween((long) users * rowsPerUser, (long) users * (rowsPerUser + 2));
	}

	/**
	 * What is estimated for the indexes that begin with the application costs more pages
	 * than the devices do.
	 */
	@Test
	void aLookUpIsNotPlannedByReadingOtherIndexes() {
		find(1, RIDER);

		long pages = server.pageRequestsOf(() -> IntStream.range(0, 500).forEach(ignored -> find(1, RIDER)));

		assertThat(pages / 500).isLessThan(20);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 64, 300, 500 })
	void registrationsAreReadByThePrimaryKeyAlone(int number) {
		List<RegistrationId> ids = registrations(number);
		AtomicInteger found = new AtomicInteger();

		long reads = server.readsOf(() -> found.set(finder.registered(ids).size()));

		assertThat(found).hasValue(number);
		assertThat(reads).isBetween((long) number, number + 1L);
	}

	@Test
	void registrationsAreFoundByThePrimaryKey() {
		String plan = server.jdbc()
			.sql("EXPLAIN FORMAT=TRADITIONAL SELECT * FROM device WHERE id IN (?, ?, ?, ?)")
			.params(registrations(4).stream().map(RegistrationId::value).toList())
			.query((row, ignored) -> row.getString("type") + " " + row.getString("key"))
			.single();

		assertThat(plan).isEqualTo("range PRIMARY");
	}

	@Test
	void aLookUpIsPreparedOnTheServerOnce() {
		find(1, RIDER);

		long prepares = server.preparesOf(() -> IntStream.range(0, 50).forEach(ignored -> find(1, RIDER)));
		long executes = server.executesOf(() -> IntStream.range(0, 50).forEach(ignored -> find(1, RIDER)));

		assertThat(prepares).isZero();
		assertThat(executes).isEqualTo(50);
	}

	@Test
	void lookUpsOfEveryNumberOfUsersShareAHandfulOfStatements() {
		Runnable everyNumber = () -> IntStream.rangeClosed(1, 500).forEach(users -> find(users, RIDER));

		assertThat(server.preparesOf(everyNumber)).isLessThanOrEqualTo(10);
		assertThat(server.preparesOf(everyNumber)).isZero();
	}

	/** Every seventh, so that no two are neighbours. */
	private List<RegistrationId> registrations(int number) {
		return server.jdbc()
			.sql("SELECT id FROM device WHERE application_id = ? AND MOD(id, 7) = 0 ORDER BY id LIMIT ?")
			.params(RIDER, number)
			.query((row, ignored) -> new RegistrationId(row.getLong(1)))
			.list();
	}

	private int find(int users, @Nullable String application) {
		ApplicationId id = application == null ? null : new ApplicationId(application);
		// Every seventh user, so that no two are neighbours in the index.
		List<DeviceQuery> queries = IntStream.range(0, users)
			.mapToObj(number -> new DeviceQuery(new UserId(Crowd.user(1000 + 7 * number % 3000)), id))
			.toList();
		return finder.find(queries).stream().mapToInt(List::size).sum();
	}

}
