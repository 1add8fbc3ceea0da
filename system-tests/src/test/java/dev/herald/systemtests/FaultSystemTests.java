package dev.herald.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Connection;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.identity.Provider;
import dev.herald.testsupport.RequiresRealBackends;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise 1, by breaking things: what was answered with 202 reaches its provider,
 * whatever happens in between.
 */
@RequiresRealBackends
class FaultSystemTests {

	private static final long SEED = System.nanoTime();

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static House house;

	@BeforeAll
	static void openTheHouse() {
		house = new House(HousePlan.of("faults", 2)
			.withWorkerProperties(Map.of("herald.fcm.request-timeout", "10s", "herald.worker.pause.first", "2s")));
		Load.register(house);
	}

	@AfterAll
	static void closeTheHouse() {
		house.close();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE,
			names = { "NOTHING", "ALL_WORKERS_KILLED", "BROKER_STOPPED", "API_DATABASE_STOPPED",
					"TOKEN_DATABASE_KILLED", "TOKEN_DATABASE_STOPPED", "DATABASES_RESET", "DATABASES_FAR", "APNS_HANGS",
					"PROVIDERS_FAR" })
	void nothingThatWasAnsweredWith202IsLost(Fault fault) {
		assumeTrue(fault.canStrike(house), "this broker cannot be brought to it");

		FaultReport report = FaultRun.SHORT.strike(house, fault::strike, new Random(SEED));

		Load.Result result = report.result();
		System.out.printf("%s, seed %d: %s%n", fault, SEED, result);
		assertThat(report.failure()).isEmpty();
		assertThat(result.taken()).as("something was taken").isPositive();
		assertThat(result.lost()).as("lost: %s", result).isZero();
		assertThat(result.unbalanced()).as("the books balance: %s", result).isZero();
		assertThat(result.reached()).as("every push arrived: %s", result).isEqualTo(result.jobs());
	}

	/** The proof of the proof: these tests would not be green if something were lost. */
	@Test
	void jobsThatAreTakenOutOfTheirQueueAreCountedAsLost() {
		FaultRun run = FaultRun.SHORT.withPatience(Duration.ofSeconds(10));

		FaultReport report = run.strike(house, FaultSystemTests::purgeWhatWaits, new Random(SEED));

		Load.Result result = report.result();
		assertThat(report.failure()).isEmpty();
		assertThat(report.isGood()).isFalse();
		assertThat(result.lost()).as("%s", result).isPositive().isEqualTo(result.books().count("pending"));
		assertThat(result.reached()).as("%s", result).isEqualTo(result.jobs() - result.lost());
		assertThat(result.unbalanced()).as("%s", result).isPositive();
	}

	private static void purgeWhatWaits(Strike strike) {
		Keyring.revoke(house);
		await().atMost(PATIENCE).until(() -> house.waitingJobs(House.RIDER, Provider.FCM) > 0);
		try (Connection connection = house.broker().broker().connectionFactory().newConnection()) {
			connection.createChannel().queuePurge(BrokerTopology.jobQueueName(House.RIDER, Provider.FCM));
		}
		catch (IOException | TimeoutException ex) {
			throw new IllegalStateException("the queue was not purged", ex);
		}
		finally {
			Keyring.restore(house);
		}
	}

}
