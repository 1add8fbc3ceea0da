package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PauseIntervalsTests {

	@ParameterizedTest
	@CsvSource({ "1,PT30S", "2,PT1M", "3,PT2M", "4,PT4M", "5,PT8M", "6,PT10M", "1000000,PT10M" })
	void eachPauseInARowIsTwiceAsLong(int number, Duration expected) {
		PauseIntervals intervals = new PauseIntervals(Duration.ofSeconds(30), Duration.ofMinutes(10));

		assertThat(intervals.interval(number)).isEqualTo(expected);
	}

}
