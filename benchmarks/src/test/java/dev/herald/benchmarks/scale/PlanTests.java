package dev.herald.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTests {

	/** Round figures, nobody's measurement. */
	private static final PushCost COST = new PushCost("example",
			Map.of(Part.API, 50.0, Part.TOKEN_STORE, 20.0, Part.WORKER, 100.0, Part.BROKER, 60.0, Part.DATABASE, 40.0),
			10_000);

	private static final Premises PREMISES = new Premises(10, 0.5, 0.8, 0.5, 100, 3, 10_000, 90, 1000, 5000, 12);

	@Test
	void takesAsManyInstancesAsTheCpuTimeNeedsHalfBusy() {
		Plan plan = Plan.of(100_000, COST, PREMISES);

		assertThat(plan.instances())
			.isEqualTo(Map.of(Part.API, 1, Part.TOKEN_STORE, 1, Part.WORKER, 2, Part.BROKER, 4, Part.DATABASE, 1));
	}

	@Test
	void neverTakesFewerNodesThanAQuorumHasMembers() {
		assertThat(Plan.of(1000, COST, PREMISES).instances(Part.BROKER)).isEqualTo(3);
	}

	@Test
	void splitsTheQueueOfTheLargestApplicationWhereOneIsNotEnough() {
		assertThat(Plan.of(10_000, COST, PREMISES).largestQueues()).isEqualTo(1);
		assertThat(Plan.of(100_000, COST, PREMISES).largestQueues()).isEqualTo(8);
	}

	@Test
	void splitsTheReportsSinceEveryPushHasOne() {
		assertThat(Plan.of(100_000, COST, PREMISES).reportQueues()).isEqualTo(20);
	}

	@Test
	void takesMoreWorkersWhereOneMayNotHaveEnoughInFlight() {
		Premises slow = new Premises(10, 0.5, 0.8, 0.5, 1000, 3, 10_000, 90, 1000, 5000, 12);

		assertThat(Plan.of(100_000, COST, slow).instances(Part.WORKER)).isEqualTo(8);
	}

	@Test
	void opensConnectionsForWhatIsInFlight() {
		Plan plan = Plan.of(100_000, COST, PREMISES);

		assertThat(plan.fcmConnections()).isEqualTo(56);
		assertThat(plan.apnsConnections()).isEqualTo(5);
	}

	@Test
	void tellsByHowMuchTheDefaultQuotaIsExceeded() {
		assertThat(Plan.of(100_000, COST, PREMISES).fcmQuotas()).isCloseTo(4, within(1e-9));
	}

	@Test
	void bearsItsLoadAndBreaksFirstWhereItIsBusiest() {
		for (int load : List.of(10_000, 100_000, 1_000_000)) {
			List<Station> stations = Network.of(Plan.of(load, COST, PREMISES), COST, PREMISES);

			assertThat(stations)
				.allSatisfy(station -> assertThat(station.utilisation(load)).isLessThanOrEqualTo(0.5001));
			Station first = Network.firstToBreak(stations);
			assertThat(stations).allSatisfy(
					station -> assertThat(station.utilisation(load)).isLessThanOrEqualTo(first.utilisation(load)));
			assertThat(new Simulation(1).run(stations, load, 100_000).keepsUpWith(load)).isTrue();
		}
	}

	@Test
	void refusesACostThatIsNotKnown() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PushCost("single", Map.of(Part.API, 1.0), 10_000))
			.withMessageContaining("single, CPU µs per push of token-store must be positive, but was NaN");
	}

}
