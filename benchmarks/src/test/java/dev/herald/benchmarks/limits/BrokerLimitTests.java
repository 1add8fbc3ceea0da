package dev.herald.benchmarks.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.limits.BrokerLimit.Window;
import org.junit.jupiter.api.Test;

class BrokerLimitTests {

	@Test
	void countsWhatWasReceivedInTheSecondsThatCount() {
		Window window = new Window(new CpuMeter().self("client").part("server", -1), 2, 4);

		for (int second = 1; second <= 5; second++) {
			window.line(
					"id: limits, time %d.000 s, sent: 9 msg/s, confirmed: 9 msg/s, nacked: 0 msg/s, received: %d msg/s, x"
						.formatted(second, second * 100));
		}

		assertThat(window.messages()).isEqualTo(700);
	}

	@Test
	void givesNoFigureWhereTheToolToldNone() {
		Window window = new Window(new CpuMeter().self("client"), 2, 4);

		window.line("id: limits, starting consumer #0");

		assertThatExceptionOfType(BenchmarkFailedException.class).isThrownBy(window::report)
			.withMessageContaining("PerfTest must have told of 4 s");
	}

}
