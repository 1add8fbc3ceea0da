package dev.herald.base.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestTests {

	private long nanoTime = 1_000;

	private final Rest rest = new Rest(() -> nanoTime, 2);

	@Test
	void beforeTheFirstCallNobodyRests() {
		assertThat(rest.leftNanos()).isZero();
	}

	@Test
	void aRestIsSoManyTimesAsLongAsTheCallBeforeIt() {
		callFor(Duration.ofMillis(3));

		assertThat(left()).isEqualTo(Duration.ofMillis(6));
		pass(Duration.ofMillis(6));
		assertThat(left()).isZero();
	}

	@Test
	void noRestIsLongerThanTheLongest() {
		callFor(Duration.ofSeconds(3));

		assertThat(left()).isEqualTo(Rest.LONGEST);
	}

	@Test
	void whereThereIsTimeARestIsAsLongAsItIsSaidToBe() {
		Rest longer = new Rest(() -> nanoTime, 1, Duration.ofMillis(50));
		long begun = longer.begin();
		pass(Duration.ofMillis(3));

		longer.end(begun);

		assertThat(Duration.ofNanos(longer.leftNanos())).isEqualTo(Duration.ofMillis(50));
	}

	@Test
	void aCallThatHangsHoldsTheNextUpForAsLongAsOneAndItsRest() {
		callFor(Duration.ofMillis(3));
		pass(Duration.ofMillis(6));

		rest.begin();

		assertThat(left()).isEqualTo(Duration.ofMillis(9));
	}

	private void callFor(Duration duration) {
		long begun = rest.begin();
		pass(duration);
		rest.end(begun);
	}

	private void pass(Duration duration) {
		nanoTime += duration.toNanos();
	}

	private Duration left() {
		return Duration.ofNanos(rest.leftNanos());
	}

}
