package dev.herald.worker.job;

import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.broker.RetryDelay;
import dev.herald.common.device.Device;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.TokenInvalidation;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Accepted;
import dev.herald.worker.push.PushOutcome.Expired;
import dev.herald.worker.push.PushOutcome.Misconfigured;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushOutcome.TokenInvalid;
import dev.herald.worker.registration.Standing.LoggedOut;
import dev.herald.worker.registration.Standing.Moved;
import dev.herald.worker.registration.Standing.Unknown;
import dev.herald.worker.registration.Standing.Unsendable;
import dev.herald.worker.retry.RetryDecision;
import dev.herald.worker.retry.RetryDecision.Again;
import dev.herald.worker.retry.RetryDecision.GiveUp;
import dev.herald.worker.retry.RetryDecision.TooLate;
import dev.herald.worker.retry.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Says what follows from an outcome; publishing and acknowledging is done by the
 * {@link PushJobListener}. Safe for use by many threads.
 */
final class OutcomeHandler {

	/** Why a job ends whose login is over, in its report. */
	static final String LOGGED_OUT = "LoggedOut";

	private final RetryPolicy retries;

	private final Clock clock;

	private final RandomGenerator random;

	/**
	 * @param random safe for use by many threads
	 */
	OutcomeHandler(RetryPolicy retries, Clock clock, RandomGenerator random) {
		this.retries = retries;
		this.clock = clock;
		this.random = random;
	}

	/**
	 * What follows from the job itself, so that there is no need to ask the provider.
	 * @return empty if the job is to be tried
	 */
	Optional<Consequence> beforeAsking(PushJob job) {
		Instant now = clock.instant();
		if (job.isExpiredAt(now)) {
			return Optional.of(expired(job, null, now));
		}
		Instant notBefore = job.notBefore();
		return notBefore == null || !notBefore.isAfter(now) ? Optional.empty()
				: Optional.of(postponed(job, Duration.between(now, notBefore)));
	}

	/** The provider wants to be left alone for longer than one delay queue holds. */
	private static Consequence postponed(PushJob job, Duration wait) {
		return new Consequence.Over(AttemptResult.POSTPONED,
				List.of(OutgoingMessage.retry(job, RetryDelay.atLeast(wait))));
	}

	/** What follows from how an attempt ended. */
	Consequence handle(Attempt attempt, PushOutcome outcome) {
		PushJob job = attempt.job();
		Instant now = clock.instant();
		return switch (outcome) {
			case Accepted accepted -> over(AttemptResult.ACCEPTED,
					DeliveryReport.of(job, DeliveryOutcome.ACCEPTED, null, accepted.providerMessageId(), now));
			case TokenInvalid invalid -> new Consequence.Over(AttemptResult.TOKEN_INVALID, List.of(
					report(job, DeliveryOutcome.TOKEN_INVALID, invalid.reason(), now),
					OutgoingMessage.invalidation(TokenInvalidation.of(job, invalid.invalidSince(), invalid.reason()))));
			case Rejected rejected -> over(AttemptResult.REJECTED,
					DeliveryReport.of(job, DeliveryOutcome.REJECTED, rejected.reason(), null, now));
			case Expired() -> expired(job, null, now);
			case Retryable retryable -> retried(attempt, retryable, now);
			case Misconfigured misconfigured -> new Consequence.Pause(misconfigured.reason());
		};
	}

	/** What follows for a job that is not sent. */
	Consequence unsent(PushJob job, Unsendable standing) {
		Instant now = clock.instant();
		return switch (standing) {
			// No invalidation: nothing was said about the token, which may be in use
			// again.
			case LoggedOut() -> new Consequence.Over(AttemptResult.LOGGED_OUT,
					List.of(report(job, DeliveryOutcome.TOKEN_INVALID, LOGGED_OUT, now)));
			case Moved(Device device) ->
				new Consequence.Over(AttemptResult.MOVED, List.of(OutgoingMessage.job(job.to(device))));
			case Unknown unknown -> held(job, unknown, now);
		};
	}

	/** Not an attempt, and not the provider's fault: only the job's expiry ends it. */
	private static Consequence held(PushJob job, Unknown unknown, Instant now) {
		for (RetryDelay delay : List.of(RetryDelay.atLeast(unknown.askAgainAfter()), RetryDelay.ONE_SECOND)) {
			if (!job.isExpiredAt(now.plus(delay.duration()))) {
				return new Consequence.Over(AttemptResult.HELD, List.of(OutgoingMessage.retry(job, delay)));
			}
		}
		return expired(job, unknown.reason(), now);
	}

	private Consequence retried(Attempt attempt, Retryable failure, Instant now) {
		PushJob job = attempt.job();
		RetryDecision decision = retries.decide(job.attempt(), attempt.firstTriedAt(), job.expiresAt(),
				failure.retryAfter(), now, random);
		return switch (decision) {
			case Again again -> again(attempt, again);
			case TooLate() -> expired(job, failure.reason(), now);
			case GiveUp givenUp ->
				deadLettered(DeadLetter.of(job, failure.reason(), givenUp.limit(), attempt.firstTriedAt(), now));
		};
	}

	private static Consequence again(Attempt attempt, Again again) {
		PushJob next = attempt.job().nextAttempt(attempt.firstTriedAt(), again.notBefore());
		return new Consequence.Over(AttemptResult.RETRIED, List.of(OutgoingMessage.retry(next, again.delay())));
	}

	private static Consequence expired(PushJob job, @Nullable String lastReason, Instant now) {
		return over(AttemptResult.EXPIRED, DeliveryReport.of(job, DeliveryOutcome.EXPIRED, lastReason, null, now));
	}

	private static Consequence deadLettered(DeadLetter letter) {
		String reason = "given up after %s: %s".formatted(letter.limit(), letter.lastAnswer());
		// The dead letter first: it is what must not be lost.
		return new Consequence.Over(AttemptResult.DEAD_LETTERED, List.of(OutgoingMessage.deadLetter(letter),
				report(letter.job(), DeliveryOutcome.DEAD_LETTERED, reason, letter.givenUpAt())));
	}

	private static Consequence over(AttemptResult result, DeliveryReport report) {
		return new Consequence.Over(result, List.of(OutgoingMessage.report(report)));
	}

	private static OutgoingMessage report(PushJob job, DeliveryOutcome outcome, String reason, Instant now) {
		return OutgoingMessage.report(DeliveryReport.of(job, outcome, reason, null, now));
	}

}
