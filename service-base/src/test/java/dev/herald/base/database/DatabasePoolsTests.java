package dev.herald.base.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.herald.base.backends.TcpProxy;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.RequiresMySql;
import dev.herald.testsupport.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = DatabaseService.class,
		properties = { "spring.config.import=classpath:herald-service.yml", "spring.application.name=test",
				"management.health.rabbit.enabled=false", "herald.database.api.maximum-pool-size=2",
				"herald.database.worker.maximum-pool-size=3" })
@DirtiesContext
@RequiresMySql
@Timeout(60)
class DatabasePoolsTests {

	private static final Pattern ADDRESS = Pattern.compile("//([^/:]+):(\\d+)/");

	private static final TestDatabase DATABASE = Backends.database("service_base");

	private static final TcpProxy PROXY = proxy();

	@LocalServerPort
	private int port;

	@Autowired
	private DataSource unqualified;

	@Autowired
	@ApiPool
	private HikariDataSource api;

	@Autowired
	@WorkerPool
	private HikariDataSource worker;

	@Autowired
	@WorkerPool
	private JdbcClient workerClient;

	@Autowired
	private MeterRegistry meters;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry properties) {
		properties.add("herald.database.url", DatabasePoolsTests::url);
		properties.add("herald.database.username", DATABASE::username);
		properties.add("herald.database.password", DATABASE::password);
	}

	private static TcpProxy proxy() {
		Matcher address = ADDRESS.matcher(DATABASE.jdbcUrl());
		if (!address.find()) {
			throw new IllegalStateException("no address in " + DATABASE.jdbcUrl());
		}
		return new TcpProxy(address.group(1), Integer.parseInt(address.group(2)));
	}

	private static String url() {
		return ADDRESS.matcher(DATABASE.jdbcUrl()).replaceFirst("//127.0.0.1:" + PROXY.port() + "/");
	}

	@AfterAll
	static void close() {
		PROXY.close();
		DATABASE.close();
	}

	@Test
	void thereAreTwoPoolsAndWhoDoesNotChooseGetsTheApis() {
		assertThat(unqualified).isSameAs(api).isNotSameAs(worker);
		assertThat(api.getPoolName()).isEqualTo("api");
		assertThat(api.getMaximumPoolSize()).isEqualTo(2);
		assertThat(worker.getPoolName()).isEqualTo("worker");
		assertThat(worker.getMaximumPoolSize()).isEqualTo(3);
	}

	@Test
	void bothPoolsAreMeasured() throws Exception {
		get("/rows");
		workerClient.sql("SELECT 1").query(Integer.class).single();

		assertThat(meters.get("hikaricp.connections.max").tag("pool", "api").gauge().value()).isEqualTo(2);
		assertThat(meters.get("hikaricp.connections.max").tag("pool", "worker").gauge().value()).isEqualTo(3);
	}

	@Test
	void anExhaustedWorkerPoolHoldsNobodyUpAtTheApis() throws Exception {
		List<Connection> taken = new ArrayList<>();
		try {
			for (int i = 0; i < 3; i++) {
				taken.add(worker.getConnection());
			}

			assertThatThrownBy(worker::getConnection).isInstanceOf(SQLTransientConnectionException.class)
				.hasMessageContaining("worker");
			assertThat(get("/rows").body()).isEqualTo("1");
		}
		finally {
			for (Connection connection : taken) {
				connection.close();
			}
		}
	}

	@Test
	void aStatementIsPreparedOnTheServerOnceAndExecutedManyTimes() throws SQLException {
		try (Connection connection = worker.getConnection()) {
			long prepared = status(connection, "Com_stmt_prepare");
			long executed = status(connection, "Com_stmt_execute");

			for (int i = 0; i < 50; i++) {
				try (var statement = connection.prepareStatement("SELECT ? + 17")) {
					statement.setInt(1, i);
					statement.executeQuery().close();
				}
			}

			assertThat(status(connection, "Com_stmt_prepare") - prepared).isEqualTo(1);
			assertThat(status(connection, "Com_stmt_execute") - executed).isEqualTo(50);
		}
	}

	@Test
	void aSessionReadsWhatIsCommittedAndCountsTimeInUtc() {
		assertThat(workerClient.sql("SELECT @@transaction_isolation").query(String.class).single())
			.isEqualTo("READ-COMMITTED");
		assertThat(workerClient.sql("SELECT @@time_zone").query(String.class).single()).isEqualTo("+00:00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rows", "/rows/in-a-transaction" })
	void aDatabaseThatIsAwayIsA503WithinTwoSecondsAndNothingNeedsARestart(String path) throws Exception {
		assertThat(get(path).body()).isEqualTo("1");
		PROXY.cut();
		try {
			assertUnavailable(path);
			assertUnavailable(path);
		}
		finally {
			PROXY.restore();
		}

		await().until(() -> get(path).statusCode() == 200);
	}

	@Test
	void aDatabaseThatFellSilentIsA503WithinSeconds() throws Exception {
		assertThat(get("/rows").body()).isEqualTo("1");
		// A connection used within the last half second is taken without being tried.
		await().pollDelay(Duration.ofMillis(600)).until(() -> true);
		PROXY.freeze();
		try {
			assertUnavailable("/rows");
		}
		finally {
			PROXY.thaw();
		}

		await().until(() -> get("/rows").statusCode() == 200);
	}

	@Test
	void morePoolsThanTheServerHasConnectionsAreRefusedAtStart() {
		int limit = maxConnections();

		contextWith("herald.database.api.maximum-pool-size=" + (limit / 2 - 5),
				"herald.database.worker.maximum-pool-size=5", "herald.database.instances=2")
			.run(context -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage(("the pools may open %d connections (api %d + worker 5, times 2 instances), "
						+ "but the server's max_connections is %d; lower herald.database.api/worker.maximum-pool-size "
						+ "or raise max_connections")
					.formatted(limit / 2 * 2, limit / 2 - 5, limit)));
	}

	@Test
	void asManyPoolsAsTheServerCanBearAreTaken() {
		contextWith("herald.database.api.maximum-pool-size=" + (maxConnections() - 10),
				"herald.database.api.connection-timeout=5s", "herald.database.worker.maximum-pool-size=5")
			.run(context -> assertThat(context).hasNotFailed());
	}

	private int maxConnections() {
		return workerClient.sql("SELECT @@max_connections").query(Integer.class).single();
	}

	@ParameterizedTest
	@ValueSource(strings = { "herald.database.url=mysql://x", "herald.database.username=",
			"herald.database.api.maximum-pool-size=0", "herald.database.worker.maximum-pool-size=1001",
			"herald.database.instances=0" })
	void aSettingThatCannotBeIsRefusedByItsName(String property) {
		String name = property.substring(property.lastIndexOf('.') + 1, property.indexOf('='));

		contextWith(property).run(context -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageStartingWith("herald.database")
			.hasMessageContaining(name));
	}

	@Test
	void thePasswordIsNotPrinted() {
		DatabaseProperties.Pool pool = new DatabaseProperties.Pool(1, Duration.ofSeconds(1));

		assertThat(new DatabaseProperties("jdbc:mysql://x", "herald", "secret", pool, pool, 1).toString())
			.doesNotContain("secret");
	}

	private static ApplicationContextRunner contextWith(String... properties) {
		return new ApplicationContextRunner().withUserConfiguration(DatabasePools.class, Binding.class)
			.withPropertyValues("herald.database.url=" + url(), "herald.database.username=" + DATABASE.username(),
					"herald.database.password=" + DATABASE.password())
			.withPropertyValues(properties);
	}

	@EnableConfigurationProperties
	static class Binding {

	}

	private void assertUnavailable(String path) throws IOException, InterruptedException {
		long started = System.nanoTime();
		HttpResponse<String> answer = get(path);
		Duration taken = Duration.ofNanos(System.nanoTime() - started);

		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
		assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
		assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("the database is not available; nothing was accepted")
			.doesNotContain("127.0.0.1", "Hikari", "jdbc");
		assertThat(taken).isLessThan(Duration.ofSeconds(3));
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
	}

	private static long status(Connection connection, String name) throws SQLException {
		try (var statement = connection.createStatement();
				var rows = statement.executeQuery("SHOW SESSION STATUS LIKE '" + name + "'")) {
			rows.next();
			return rows.getLong(2);
		}
	}

}
