package dev.herald.systemtests;

import static dev.herald.systemtests.House.DRIVER;
import static dev.herald.systemtests.House.RIDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.systemtests.Pace.Notification;
import dev.herald.systemtests.Pace.Window;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	@Test
	void theLongestStallIsTheLongestGapWhileItWasSent() {
		Pace pace = new Pace(0, 10 * SECOND, List.of(accepted(1), accepted(2), accepted(6), accepted(9), accepted(60)));

		assertThat(pace.longestStall()).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void aLoadOfWhichNothingArrivedStalledAllTheTime() {
		assertThat(new Pace(SECOND, 4 * SECOND, List.of()).longestStall()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void silenceUntilTheEndIsAStall() {
		assertThat(new Pace(0, 9 * SECOND, List.of(accepted(1))).longestStall()).isEqualTo(Duration.ofSeconds(8));
	}

	@Test
	void aWindowCountsTheAcceptancesOfItsApplication() {
		Pace pace = new Pace(0, 10 * SECOND,
				List.of(accepted(1), accepted(2), accepted(3), new Notification(DRIVER, 0, 0, List.of(2 * SECOND))));

		assertThat(pace.acceptedPerSecond(RIDER, new Window(2 * SECOND, 4 * SECOND))).isEqualTo(1.0);
		assertThat(pace.acceptedPerSecond(DRIVER, new Window(2 * SECOND, 4 * SECOND))).isEqualTo(0.5);
	}

	@Test
	void ninetyNineInAHundredTookNoLongerThanTheP99() {
		List<Notification> hundred = LongStream.rangeClosed(1, 100)
			.mapToObj(second -> new Notification(RIDER, 0, second, List.of(second * SECOND)))
			.toList();
		Pace pace = new Pace(0, 100 * SECOND, hundred);

		assertThat(pace.p99(RIDER, new Window(0, 1))).isEqualTo(Duration.ofSeconds(99));
		assertThat(pace.p99OfAnswers(new Window(0, 1))).isEqualTo(Duration.ofNanos(99));
		assertThat(pace.p99(RIDER, new Window(1, 2))).as("nothing was sent then").isZero();
	}

	private static Notification accepted(long second) {
		return new Notification(RIDER, (second - 1) * SECOND, 0, List.of(second * SECOND));
	}

}
