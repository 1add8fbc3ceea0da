package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTests {

	private static final Target RATE = Target.atLeast("pushes", 4000, "/s");

	private static final Target LATENCY = Target.atMost("p99", 30, "ms");

	@Test
	void theBoundItselfIsMet() {
		assertThat(RATE.measured(4000).met()).isTrue();
		assertThat(LATENCY.measured(30).met()).isTrue();
	}

	@Test
	void theWrongSideOfTheBoundIsMissed() {
		assertThat(RATE.measured(3999.9).met()).isFalse();
		assertThat(LATENCY.measured(30.1).met()).isFalse();
	}

	@Test
	void whatWasNotMeasuredIsMissedOnEitherSide() {
		assertThat(RATE.measured(Double.NaN).met()).isFalse();
		assertThat(LATENCY.measured(Double.NaN).met()).isFalse();
		assertThat(LATENCY.measured(Double.NaN).figureText()).isEqualTo("not measured");
	}

	@Test
	void aFailureMissesEveryTargetWithItsReason() {
		BenchmarkResult failed = BenchmarkResult.failed(List.of(RATE, LATENCY), "no broker");

		assertThat(failed.goals()).hasSize(2).allSatisfy(goal -> {
			assertThat(goal.met()).isFalse();
			assertThat(goal.figureText()).isEqualTo("no broker");
		});
	}

	@Test
	void boundAndFigureAreToldWithTheirUnit() {
		assertThat(RATE.boundText()).isEqualTo("at least 4,000 /s");
		assertThat(LATENCY.measured(12.345).figureText()).isEqualTo("12.3 ms");
	}

	@Test
	void combinedGoalsDivideWhatTwoBenchmarksMeasured() {
		List<Goal> goals = CombinedGoals.of(Map.of(CombinedGoals.WORKER_APNS, 24.0, CombinedGoals.PUSHY_ALONE, 8.0,
				CombinedGoals.WORKER_FCM, 150.0, CombinedGoals.FIREBASE_ALONE, 100.0));

		assertThat(goals).extracting(Goal::figure).containsExactly(3.0, 1.5);
		assertThat(goals).extracting(Goal::met).containsExactly(true, false);
	}

	@Test
	void aCombinedGoalWithoutBothFiguresIsMissed() {
		List<Goal> goals = CombinedGoals.of(Map.of(CombinedGoals.WORKER_APNS, 24.0));

		assertThat(goals).extracting(Goal::met).containsExactly(false, false);
		assertThat(goals.getFirst().reason()).contains(CombinedGoals.PUSHY_ALONE);
	}

}
