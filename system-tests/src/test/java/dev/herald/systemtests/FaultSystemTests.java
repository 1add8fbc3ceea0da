package dev.herald.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.testsupport.RequiresRealBackends;
import java.time.Duration;
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

	private static final Duration BEFORE_AND_AFTER = Duration.ofSeconds(2);

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static House house;

	@BeforeAll
	static void openTheHouse() {
		house = new House("faults", 2);
		Load.register(house);
	}

	@AfterAll
	static void closeTheHouse() {
		house.close();
	}

	@ParameterizedTest
	@EnumSource
	void nothingThatWasAnsweredWith202IsLost(Fault fault) {
		Load.Result result;

		try (Load load = Load.start(house)) {
			Pause.of(BEFORE_AND_AFTER);
			fault.strike(house);
			Pause.of(BEFORE_AND_AFTER);
			load.stop();
			result = load.result(PATIENCE);
		}

		System.out.printf("%s: %s%n", fault, result);
		assertThat(result.jobs()).as("something was sent").isPositive();
		assertThat(result.books().balance()).as("the books balance: %s", result).isTrue();
		assertThat(result.books().count("pending")).as("nothing stays pending: %s", result).isZero();
		assertThat(result.lost()).as("lost: %s", result).isZero();
		assertThat(result.books().count("accepted")).as("the API knows: %s", result).isEqualTo(result.jobs());
	}

}
