package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StolenTimeTests {

	@Test
	void isTheShareOfAllTimeThatPassed() {
		StolenTime before = StolenTime.parse("cpu  100 10 50 800 20 0 10 10 5 0");
		StolenTime after = StolenTime.parse("cpu  150 10 60 820 20 0 10 30 40 0");

		assertThat(before).isEqualTo(new StolenTime(10, 1000));
		assertThat(after.since(before)).isEqualTo("20 %");
	}

	@Test
	void isUnknownWhereTheKernelDoesNotSay() {
		StolenTime silent = StolenTime.parse("cpu  100 10 50 800 20");

		assertThat(silent.since(silent)).isEqualTo("unknown");
	}

}
