package dev.herald.base.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two pools on one database, {@link ApiPool} and {@link WorkerPool}: what campaigns and
 * workers cause can exhaust only the second. Every statement is prepared on the server
 * and kept, so that a look-up is not parsed again.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
@Import({ DatabaseProblems.class, ConnectionLimitCheck.class })
public class DatabasePools {

	/**
	 * Callers wait for this pool: a server that hangs must fail them within two seconds.
	 */
	private static final Duration API_SOCKET_TIMEOUT = Duration.ofMillis(1500);

	private static final Duration WORKER_SOCKET_TIMEOUT = Duration.ofSeconds(30);

	@Bean
	@Primary
	@ApiPool
	HikariDataSource apiDataSource(DatabaseProperties database) {
		return pool("api", database, database.api(), API_SOCKET_TIMEOUT);
	}

	@Bean(defaultCandidate = false)
	@WorkerPool
	HikariDataSource workerDataSource(DatabaseProperties database) {
		return pool("worker", database, database.worker(), WORKER_SOCKET_TIMEOUT);
	}

	@Bean
	@Primary
	@ApiPool
	JdbcTemplate apiJdbcTemplate(@ApiPool DataSource api) {
		return new JdbcTemplate(api);
	}

	@Bean
	@WorkerPool
	JdbcTemplate workerJdbcTemplate(@WorkerPool DataSource worker) {
		return new JdbcTemplate(worker);
	}

	@Bean
	@Primary
	@ApiPool
	JdbcClient apiJdbcClient(@ApiPool JdbcTemplate api) {
		return JdbcClient.create(api);
	}

	@Bean
	@WorkerPool
	JdbcClient workerJdbcClient(@WorkerPool JdbcTemplate worker) {
		return JdbcClient.create(worker);
	}

	@Bean
	@Primary
	@ApiPool
	TransactionTemplate apiTransactions(@ApiPool DataSource api) {
		return new TransactionTemplate(new JdbcTransactionManager(api));
	}

	@Bean
	@WorkerPool
	TransactionTemplate workerTransactions(@WorkerPool DataSource worker) {
		return new TransactionTemplate(new JdbcTransactionManager(worker));
	}

	private static HikariDataSource pool(String name, DatabaseProperties database, DatabaseProperties.Pool settings,
			Duration socketTimeout) {
		HikariDataSource pool = new HikariDataSource();
		pool.setPoolName(name);
		pool.setJdbcUrl(database.url());
		pool.setUsername(database.username());
		pool.setPassword(database.password());
		pool.setMaximumPoolSize(settings.maximumPoolSize());
		pool.setConnectionTimeout(settings.connectionTimeout().toMillis());
		pool.setValidationTimeout(Math.min(1000, settings.connectionTimeout().toMillis()));
		// A database that is away at start is waited for by Flyway, not by the pool's
		// constructor.
		pool.setInitializationFailTimeout(-1);
		// READ COMMITTED takes no gap locks, which concurrent registrations would
		// deadlock on.
		pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
		if (database.url().startsWith("jdbc:mysql:")) {
			pool.setDataSourceProperties(mysql(socketTimeout));
		}
		return pool;
	}

	/** MySQL Connector/J Developer Guide, <em>Configuration Properties</em>. */
	private static Properties mysql(Duration socketTimeout) {
		Properties mysql = new Properties();
		mysql.setProperty("useServerPrepStmts", "true");
		mysql.setProperty("cachePrepStmts", "true");
		mysql.setProperty("prepStmtCacheSize", "250");
		mysql.setProperty("prepStmtCacheSqlLimit", "65536");
		mysql.setProperty("rewriteBatchedStatements", "true");
		mysql.setProperty("useAffectedRows", "true");
		mysql.setProperty("connectionTimeZone", "UTC");
		mysql.setProperty("forceConnectionTimeZoneToSession", "true");
		mysql.setProperty("connectTimeout", "1000");
		mysql.setProperty("socketTimeout", Long.toString(socketTimeout.toMillis()));
		return mysql;
	}

}
