package dev.herald.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.herald.api.fixture.ApiClient;
import dev.herald.api.fixture.ApiClient.Answer;
import dev.herald.api.fixture.RunningApi;
import dev.herald.api.fixture.TokenStoreStandIn;
import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.common.identity.CampaignId;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Why there are two pools: pages of a campaign that wait for the lock of its books hold
 * every connection there is for them.
 */
class AwakeTests {

	/** Many times the connections of either pool. */
	private static final int WAITING = 60;

	@Test
	void onOnePoolACampaignMakesTheApiTimeOut() throws Exception {
		List<Integer> answers = answersDuringACampaign(OnePool.class);

		assertThat(answers).contains(503);
	}

	@Test
	void onTwoPoolsTheApiAnswersDuringTheSameCampaign() throws Exception {
		List<Integer> answers = answersDuringACampaign();

		assertThat(answers).containsOnly(404);
	}

	/** Asks for notifications that are not there. */
	private static List<Integer> answersDuringACampaign(Class<?>... sources) throws Exception {
		try (TestDatabase database = Backends.database("awake");
				RunningApi api = RunningApi.start(database, Backends.broker(), new TokenStoreStandIn(),
						Map.of("spring.main.allow-bean-definition-overriding", true), sources);
				ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
				Connection holder = database.connect()) {
			BroadcastFixture broadcasts = new BroadcastFixture(api);
			CampaignId id = broadcasts.running(100_000, null, null);
			lockBooks(holder, id);
			try {
				keepWaiting(workers, broadcasts, id);
				awaitBusy(api, sources.length == 0 ? "workerDataSource" : "apiDataSource");
				return ask(api.client());
			}
			finally {
				holder.rollback();
				workers.shutdownNow();
			}
		}
	}

	private static void lockBooks(Connection holder, CampaignId id) throws Exception {
		holder.setAutoCommit(false);
		try (PreparedStatement lock = holder.prepareStatement(JdbcCampaigns.LOCK_BOOKS)) {
			lock.setBytes(1, JdbcCampaigns.bytes(id));
			lock.executeQuery();
		}
	}

	/** As many workers that say their page is done, over and over. */
	private static void keepWaiting(ExecutorService workers, BroadcastFixture broadcasts, CampaignId id) {
		for (int i = 0; i < WAITING; i++) {
			workers.submit(() -> {
				while (!Thread.currentThread().isInterrupted()) {
					broadcasts.done(id, 0, 700L, 1, 2);
				}
			});
		}
	}

	private static void awaitBusy(RunningApi api, String pool) {
		HikariDataSource connections = api.bean(pool, HikariDataSource.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> connections.getHikariPoolMXBean().getThreadsAwaitingConnection() > WAITING / 2);
	}

	private static List<Integer> ask(ApiClient client) {
		List<Integer> answers = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			Answer answer = client.get("/notification/" + CampaignId.create());
			answers.add(answer.status());
		}
		return answers;
	}

	/** As if nobody had thought of two pools: the api pool is everyone's. */
	@Configuration(proxyBeanMethods = false)
	static class OnePool {

		@Bean
		@WorkerPool
		JdbcTemplate workerJdbcTemplate(@ApiPool DataSource api) {
			return new JdbcTemplate(api);
		}

		@Bean
		@WorkerPool
		TransactionTemplate workerTransactions(@ApiPool DataSource api) {
			return new TransactionTemplate(new JdbcTransactionManager(api));
		}

	}

}
