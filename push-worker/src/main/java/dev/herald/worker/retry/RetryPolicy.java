package dev.herald.worker.retry;

import dev.herald.common.broker.RetryDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often, how late and how long a push is tried again: exponentially growing ceilings
 * with full jitter below them, rounded up to the next delay queue. Firebase, <em>Best
 * practices when sending FCM messages at scale</em>: honour Retry-After, back off
 * exponentially with jitter, and give up after 60 minutes at the latest. A value.
 *
 * @param maxAttempts how often a push is tried, the first time included
 * @param firstDelay the ceiling of the first delay; each further one doubles it
 * @param maxDelay the ceiling that is never exceeded
 * @param giveUpAfter how long after the first attempt the last one may be
 */
public record RetryPolicy(@DefaultValue("10") int maxAttempts, @DefaultValue("2s") Duration firstDelay,
		@DefaultValue("5m") Duration maxDelay, @DefaultValue("60m") Duration giveUpAfter) {

	/** The default policy. */
	public static final RetryPolicy DEFAULT = new RetryPolicy(10, Duration.ofSeconds(2), Duration.ofMinutes(5),
			Duration.ofMinutes(60));

	/**
	 * @throws IllegalArgumentException if a limit is not positive, or the delays are in
	 * the wrong order
	 */
	public RetryPolicy {
		if (maxAttempts < 1) {
			throw new IllegalArgumentException(
					"herald.worker.retry.max-attempts must be 1 or more, but was " + maxAttempts);
		}
		requirePositive("first-delay", firstDelay);
		requirePositive("give-up-after", giveUpAfter);
		if (maxDelay.compareTo(firstDelay) < 0) {
			throw new IllegalArgumentException(
					"herald.worker.retry.max-delay must be at least first-delay (%s), but was %s".formatted(firstDelay,
							maxDelay));
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(
					"herald.worker.retry.%s must be positive, but was %s".formatted(name, value));
		}
	}

	/**
	 * Decides after a failed attempt.
	 * @param attempt which attempt failed, from 1
	 * @param firstTriedAt when the first one was
	 * @param expiresAt when the push is no longer worth showing
	 * @param retryAfter how long the provider wants to be left alone, if it said; obeyed
	 * even where that is longer than the longest delay queue
	 */
	public RetryDecision decide(int attempt, Instant firstTriedAt, Instant expiresAt, @Nullable Duration retryAfter,
			Instant now, RandomGenerator random) {
		if (attempt >= maxAttempts) {
			return new RetryDecision.GiveUp("%d attempts".formatted(maxAttempts));
		}
		Duration wanted = delay(attempt, retryAfter, random);
		Instant next = now.plus(RetryDelay.rounded(wanted));
		Instant givenUpAt = firstTriedAt.plus(giveUpAfter);
		if (!next.isBefore(expiresAt) && !expiresAt.isAfter(givenUpAt)) {
			return new RetryDecision.TooLate();
		}
		if (next.isAfter(givenUpAt)) {
			return new RetryDecision.GiveUp("%d minutes".formatted(giveUpAfter.toMinutes()));
		}
		RetryDelay delay = RetryDelay.atLeast(wanted);
		return new RetryDecision.Again(delay, delay.duration().compareTo(wanted) < 0 ? now.plus(wanted) : null);
	}

	private Duration delay(int attempt, @Nullable Duration retryAfter, RandomGenerator random) {
		Duration jittered = Duration.ofMillis(random.nextLong(ceiling(attempt).toMillis() + 1));
		return retryAfter != null && retryAfter.compareTo(jittered) > 0 ? retryAfter : jittered;
	}

	private Duration ceiling(int attempt) {
		int doublings = Math.min(attempt - 1, 30);
		Duration grown = firstDelay.multipliedBy(1L << doublings);
		return grown.compareTo(maxDelay) < 0 ? grown : maxDelay;
	}

}
