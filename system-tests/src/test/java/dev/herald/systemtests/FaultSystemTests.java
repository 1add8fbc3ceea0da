package dev.herald.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.herald.testsupport.RequiresRealBackends;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise 1, by breaking things: what was answered with 202 reaches its provider,
 * whatever happens in between.
 */
@RequiresRealBackends
class FaultSystemTests {

	private static final long SEED = System.nanoTime();

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
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "API_DATABASE_STOPPED", "TOKEN_DATABASE_KILLED" })
	void nothingThatWasAnsweredWith202IsLost(Fault fault) {
		assumeTrue(fault.canStrike(house), "this broker cannot be brought to it");

		FaultReport report = FaultRun.SHORT.strike(house, fault, new Random(SEED));

		Load.Result result = report.result();
		System.out.printf("%s, seed %d: %s%n", fault, SEED, result);
		assertThat(report.failure()).isEmpty();
		assertThat(result.taken()).as("something was taken").isPositive();
		assertThat(result.lost()).as("lost: %s", result).isZero();
		assertThat(result.unbalanced()).as("the books balance: %s", result).isZero();
		assertThat(result.reached()).as("every push arrived: %s", result).isEqualTo(result.jobs());
	}

}
