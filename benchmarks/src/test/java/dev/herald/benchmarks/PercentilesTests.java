package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTests {

	private static final long MILLI = 1_000_000;

	@ParameterizedTest
	@CsvSource({ "50, 500", "99, 990", "99.9, 999", "99.95, 1000", "100, 1000", "0.01, 1" })
	void aPercentileIsTheLeastThatSoManyTookNoLongerThan(double percent, double millis) {
		Percentiles thousand = Percentiles
			.ofNanos(LongStream.rangeClosed(1, 1000).map(each -> (1001 - each) * MILLI).toArray());

		assertThat(thousand.millis(percent)).isEqualTo(millis);
	}

	@Test
	void ofOneThingEveryPercentileIsThatOne() {
		Percentiles one = Percentiles.ofNanos(new long[] { 7 * MILLI });

		assertThat(one.millis(50)).isEqualTo(7);
		assertThat(one.millis(99.9)).isEqualTo(7);
	}

	@Test
	void ofNothingThereIsNone() {
		assertThat(Percentiles.ofNanos(new long[0]).millis(99)).isNaN();
	}

	@Test
	void whatIsNoPercentileIsRefused() {
		Percentiles one = Percentiles.ofNanos(new long[] { 1 });

		assertThatIllegalArgumentException().isThrownBy(() -> one.millis(0)).withMessageContaining("but was 0.0");
		assertThatIllegalArgumentException().isThrownBy(() -> one.millis(101)).withMessageContaining("but was 101");
	}

}
