package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit before simulated providers, with more to send than it ever lets through. */
class AdaptiveLimitTests {

	private static final int CEILING = 500;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Random random = new Random(11);

	private final AdaptiveLimit limit = new AdaptiveLimit(CEILING, 0);

	private final PriorityQueue<Ending> underWay = new PriorityQueue<>();

	private long now;

	private long sent;

	private double failing;

	@ParameterizedTest
	@ValueSource(longs = { 10, 50, 100, 400, 2000 })
	void aProviderThatIsAlwaysAsFarAwayGetsAllThatIsAllowed(long millis) {
		send(Duration.ofMinutes(1), constant(millis));

		assertThat(limit.current()).isEqualTo(CEILING);
	}

	@Test
	void latenciesThatScatterAreNotTakenForSlowness() {
		send(Duration.ofMinutes(5), inFlight -> jittered(80));

		assertThat(limit.current()).isEqualTo(CEILING);
	}

	@Test
	void whenRepliesSlowDownThereAreFewerAndWhenTheyRecoverMore() {
		send(Duration.ofMinutes(1), constant(50));

		send(Duration.ofSeconds(20), constant(1000));
		int slow = limit.current();
		send(Duration.ofSeconds(20), constant(50));

		assertThat(slow).isLessThan(CEILING / 5).isGreaterThanOrEqualTo(AdaptiveLimit.FLOOR);
		assertThat(limit.current()).isEqualTo(CEILING);
	}

	@Test
	void whoStaysSlowIsAllowedAsManyAgainInTheEnd() {
		send(Duration.ofMinutes(1), constant(50));

		send(Duration.ofMinutes(10), constant(1000));

		assertThat(limit.current()).isEqualTo(CEILING);
	}

	@Test
	void whenAllFailFewAreLeftAndTheyAreAsManyAgainSecondsAfterTheOutage() {
		send(Duration.ofMinutes(1), constant(50));

		failing = 1;
		send(Duration.ofSeconds(5), constant(5));
		int during = limit.current();
		failing = 0;
		send(Duration.ofSeconds(10), constant(50));

		assertThat(during).isEqualTo(AdaptiveLimit.FLOOR);
		assertThat(limit.current()).isEqualTo(CEILING);
	}

	@Test
	void whoHangsIsAskedLessAndLess() {
		send(Duration.ofSeconds(30), constant(50));

		failing = 1;
		sent = 0;
		send(Duration.ofMinutes(10), constant(15_000));

		assertThat(limit.current()).isEqualTo(AdaptiveLimit.FLOOR);
		assertThat(sent).as("asked in ten minutes").isLessThan(2000);
	}

	@Test
	void aFewFailuresAmongThousandsAreNoOutage() {
		failing = 0.01;

		send(Duration.ofMinutes(1), constant(50));

		assertThat(limit.current()).isGreaterThan(CEILING * 9 / 10);
	}

	@Test
	void theMoreFailTheFewerThereAre() {
		failing = 0.1;
		send(Duration.ofMinutes(1), constant(50));
		int few = limit.current();

		failing = 0.5;
		send(Duration.ofMinutes(1), constant(50));

		assertThat(limit.current()).isLessThan(few / 2);
	}

	@Test
	void aQueueAtTheProviderIsKeptShort() {
		// It works on 100 at a time, 100 ms each: the rest would only wait there.
		send(Duration.ofSeconds(10), inFlight -> millis(100) * Math.max(100, inFlight) / 100);

		assertThat(limit.current()).isBetween(100, 400);
	}

	@Test
	void whatIsNotUsedDoesNotGrow() {
		for (int i = 0; i < 10_000; i++) {
			limit.answered(millis(50), 3, now += millis(20));
		}

		assertThat(limit.current()).isEqualTo(AdaptiveLimit.INITIAL);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 5, 20 })
	void aSmallCeilingIsNeverExceededNorLeft(int ceiling) {
		AdaptiveLimit small = new AdaptiveLimit(ceiling, 0);
		for (int i = 1; i <= 10_000; i++) {
			if (i % 2000 < 1000) {
				small.failed(ceiling, i * millis(10));
			}
			else {
				small.answered(millis(10), ceiling, i * millis(10));
			}
			assertThat(small.current()).isBetween(Math.min(AdaptiveLimit.FLOOR, ceiling), ceiling);
		}
		assertThat(small.current()).isEqualTo(ceiling);
	}

	/** Sends as much as the limit lets through. */
	private void send(Duration during, LongUnaryOperator latencyOf) {
		long until = now + during.toNanos();
		while (now < until) {
			while (underWay.size() < limit.current()) {
				long latency = latencyOf.applyAsLong(underWay.size() + 1);
				underWay.add(new Ending(now + latency + random.nextInt(1000), latency));
				sent++;
			}
			Ending next = underWay.remove();
			now = next.at;
			if (random.nextDouble() < failing) {
				limit.failed(underWay.size() + 1, now);
			}
			else {
				limit.answered(next.latency, underWay.size() + 1, now);
			}
		}
		assertThat(now).as("the simulation ends").isLessThan(until + 20 * SECOND);
	}

	private static LongUnaryOperator constant(long millis) {
		return inFlight -> millis(millis);
	}

	/** Half of it at least, the same once more on average, and sometimes much more. */
	private long jittered(long millis) {
		return (long) (millis(millis) * (0.5 - 0.5 * Math.log(1 - random.nextDouble())));
	}

	private static long millis(long millis) {
		return TimeUnit.MILLISECONDS.toNanos(millis);
	}

	private record Ending(long at, long latency) implements Comparable<Ending> {

		@Override
		public int compareTo(Ending other) {
			return Long.compare(at, other.at);
		}

	}

}
