package dev.herald.tokenstore.registration;

import static dev.herald.tokenstore.fixture.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.database.ApiPool;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.testsupport.RequiresMySql;
import dev.herald.tokenstore.device.RegisteredDevice;
import dev.herald.tokenstore.fixture.Crowd;
import dev.herald.tokenstore.fixture.Fresh;
import dev.herald.tokenstore.fixture.ServerCounters;
import dev.herald.tokenstore.fixture.TokenStoreTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What logins and logouts cost the server, among many devices of other users. */
@TokenStoreTest
@RequiresMySql
class RegistrationStatementTests {

	private static final ApplicationId APPLICATION = new ApplicationId(RIDER);

	private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

	private final JdbcTemplate database;

	private final ServerCounters server;

	private final Registrations registrations;

	private final UserId alice = new UserId(Fresh.user());

	private final DeviceId phone = new DeviceId(Fresh.device());

	private final Registration login = registration(phone);

	RegistrationStatementTests(@Autowired @ApiPool DataSource pool, @Autowired @ApiPool JdbcTemplate database) {
		this.database = database;
		this.server = new ServerCounters(pool);
		this.registrations = new Registrations(server.jdbc());
	}

	@BeforeEach
	void theTableIsFull() {
		Crowd.gather(database);
	}

	@AfterEach
	void giveBack() throws SQLException {
		server.close();
	}

	@Test
	void aRegistrationReadsOnlyWhoHoldsItsDeviceAndItsToken() {
		registrations.insert(login, phone, NOW);

		assertThat(server.readsOf(() -> registrations.holding(login))).isEqualTo(2);
		assertThat(server.readsOf(() -> registrations.holding(registration(null)))).isLessThanOrEqualTo(1);
	}

	@Test
	void aRefreshReadsOnlyItsRow() {
		var id = registrations.insert(login, phone, NOW);

		long reads = server.readsOf(() -> assertThat(registrations.update(id, login, NOW.plusSeconds(1))).isTrue());

		assertThat(reads).isEqualTo(1);
	}

	@Test
	void aLogoutReadsOnlyTheRowsThatGo() {
		registrations.insert(login, phone, NOW);
		registrations.insert(registration(null), new DeviceId(Fresh.device()), NOW);
		registrations.insert(registration(null), new DeviceId(Fresh.device()), NOW);

		long one = server.readsOf(() -> assertThat(registrations.delete(alice, APPLICATION, phone)).isEqualTo(1));
		long others = server.readsOf(() -> assertThat(registrations.delete(alice, APPLICATION)).isEqualTo(2));

		assertThat(one).isEqualTo(1);
		assertThat(others).isLessThanOrEqualTo(4);
	}

	@Test
	void aListReadsOnlyTheUsersRows() {
		UserId user = new UserId(Crowd.user(77));

		long inOne = server.readsOf(() -> registrations.find(new DeviceQuery(user, APPLICATION)));
		long inAll = server.readsOf(() -> registrations.find(new DeviceQuery(user, null)));

		assertThat(inOne).isLessThanOrEqualTo(Crowd.DEVICES_PER_USER + 1);
		assertThat(inAll).isLessThanOrEqualTo(3 * Crowd.DEVICES_PER_USER + 1);
	}

	@Test
	void everyStatementIsPreparedOnTheServerOnce() {
		logInRefreshAndLogOut();

		assertThat(server.preparesOf(this::logInRefreshAndLogOut)).isZero();
		assertThat(server.executesOf(this::logInRefreshAndLogOut)).isEqualTo(5);
	}

	private void logInRefreshAndLogOut() {
		var id = registrations.insert(login, phone, NOW);
		List<RegisteredDevice> held = List.copyOf(registrations.holding(login));
		registrations.update(id, login, NOW.plusSeconds(1));
		registrations.delete(held.getFirst());
		registrations.delete(alice, APPLICATION);
	}

	private Registration registration(@Nullable DeviceId device) {
		return new Registration(alice, APPLICATION, Provider.FCM, new DeviceToken(Fresh.token()), device,
				Environment.PRODUCTION, null, null);
	}

}
