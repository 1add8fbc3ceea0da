package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandOverTests {

	@Test
	void takesTimeAndEnds() {
		assertThat(HandOver.micros()).isBetween(0.1, 1e6);
	}

}
