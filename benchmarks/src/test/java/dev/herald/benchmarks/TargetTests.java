package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

}
