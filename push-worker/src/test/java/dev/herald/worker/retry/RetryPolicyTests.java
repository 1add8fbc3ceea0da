package dev.herald.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.herald.common.broker.RetryDelay;
import dev.herald.worker.retry.RetryDecision.Again;
import dev.herald.worker.retry.RetryDecision.GiveUp;
import dev.herald.worker.retry.RetryDecision.TooLate;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTests {

	private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private static final Instant NEVER = NOW.plus(Duration.ofDays(28));

	/** Always the ceiling. */
	private static final RandomGenerator UNLUCKY = new RandomGenerator() {
		@Override
		public long nextLong() {
			return 0;
		}

		@Override
		public long nextLong(long bound) {
			return bound - 1;
		}
	};

	@ParameterizedTest
	@CsvSource({ "1,FIVE_SECONDS", "2,FIVE_SECONDS", "3,FIFTEEN_SECONDS", "4,ONE_MINUTE", "5,ONE_MINUTE",
			"6,FIVE_MINUTES", "7,FIVE_MINUTES", "8,FIVE_MINUTES", "9,FIVE_MINUTES" })
	void theCeilingDoublesFromAttemptToAttempt(int attempt, RetryDelay expected) {
		RetryDecision decision = POLICY.decide(attempt, NOW, NEVER, null, NOW, UNLUCKY);

		assertThat(decision).isEqualTo(Again.after(expected));
	}

	@Test
	void delaysAreSpreadBelowTheCeiling() {
		Random random = new Random(7);

		assertThat(java.util.stream.Stream.generate(() -> POLICY.decide(7, NOW, NEVER, null, NOW, random)).limit(1000))
			.contains(Again.after(RetryDelay.ONE_SECOND), Again.after(RetryDelay.FIFTEEN_SECONDS),
					Again.after(RetryDelay.ONE_MINUTE), Again.after(RetryDelay.FIVE_MINUTES))
			.doesNotContain(Again.after(RetryDelay.FIFTEEN_MINUTES));
	}

	@ParameterizedTest
	@CsvSource({ "PT0S,ONE_SECOND", "PT1S,ONE_SECOND", "PT2S,FIVE_SECONDS", "PT60S,ONE_MINUTE", "PT61S,FIVE_MINUTES",
			"PT15M,FIFTEEN_MINUTES" })
	void theProviderIsLeftAloneForAsLongAsItAskedTo(Duration retryAfter, RetryDelay expected) {
		RetryDecision decision = POLICY.decide(1, NOW, NEVER, retryAfter, NOW, () -> 0);

		assertThat(decision).isEqualTo(Again.after(expected));
	}

	@ParameterizedTest
	@CsvSource({ "PT15M1S", "PT20M", "PT45M", "PT60M" })
	void theProviderIsLeftAloneForLongerThanTheLongestDelayToo(Duration retryAfter) {
		RetryDecision decision = POLICY.decide(1, NOW, NEVER, retryAfter, NOW, () -> 0);

		assertThat(decision).isEqualTo(new Again(RetryDelay.FIFTEEN_MINUTES, NOW.plus(retryAfter)));
	}

	@Test
	void whoWantsToBeLeftAloneForTooLongIsNotAskedAgain() {
		assertThat(POLICY.decide(1, NOW, NEVER, Duration.ofMinutes(61), NOW, UNLUCKY))
			.isEqualTo(new GiveUp("60 minutes"));
		assertThat(POLICY.decide(1, NOW, NOW.plusSeconds(3600), Duration.ofDays(30), NOW, UNLUCKY))
			.as("it would have expired first")
			.isEqualTo(new TooLate());
		assertThat(POLICY.decide(1, NOW, NOW.plusSeconds(3601), Duration.ofDays(30), NOW, UNLUCKY))
			.as("it would have been given up first")
			.isEqualTo(new GiveUp("60 minutes"));
	}

	@Test
	void theLastAttemptIsTheLast() {
		assertThat(POLICY.decide(10, NOW, NEVER, null, NOW, UNLUCKY)).isEqualTo(new GiveUp("10 attempts"));
	}

	@Test
	void whatWouldComeAfterItsTimeToLiveComesNotAtAll() {
		Instant expiresAt = NOW.plusSeconds(60);

		assertThat(POLICY.decide(1, NOW, expiresAt, Duration.ofSeconds(60), NOW, UNLUCKY)).isEqualTo(new TooLate());
		assertThat(POLICY.decide(1, NOW, expiresAt.plusMillis(1), Duration.ofSeconds(60), NOW, UNLUCKY))
			.isEqualTo(Again.after(RetryDelay.ONE_MINUTE));
	}

	@Test
	void afterAnHourOfTryingItIsGivenUp() {
		Instant firstTriedAt = NOW.minus(Duration.ofMinutes(50));

		assertThat(POLICY.decide(3, firstTriedAt, NEVER, Duration.ofMinutes(5), NOW, UNLUCKY))
			.isEqualTo(Again.after(RetryDelay.FIVE_MINUTES));
		assertThat(POLICY.decide(3, firstTriedAt, NEVER, Duration.ofMinutes(6), NOW, UNLUCKY))
			.isEqualTo(new GiveUp("60 minutes"));
	}

	@Test
	void anImpossiblePolicyIsRefusedWithItsValue() {
		Duration second = Duration.ofSeconds(1);

		assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(0, second, second, second))
			.withMessage("herald.worker.retry.max-attempts must be 1 or more, but was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, second, second))
			.withMessageContaining("first-delay must be positive, but was PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(1, second, Duration.ZERO, second))
			.withMessageContaining("max-delay must be at least first-delay");
	}

}
