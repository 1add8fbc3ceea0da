package dev.herald.worker.job;

import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.broker.RetryDelay;
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
import dev.herald.worker.retry.RetryDecision;
import dev.herald.worker.retry.RetryDecision.Again;
import dev.herald.worker.retry.RetryDecision.GiveUp;
import dev.herald.worker.retry.RetryDecision.TooLate;
import dev.herald.worker.retry.RetryPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Says what follows from an outcome; publishing and acknowledging is done by the
 * {@link PushJobListener}. Safe for use by many threads.
 */
final class OutcomeHandler {

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

	private Consequence retried(Attempt attempt, Retryable failure, Instant now) {
		PushJob job = attempt.job();
		RetryDecision decision = retries.decide(job.attempt(), attempt.firstTriedAt(), job.expiresAt(),
				failure.retryAfter(), now, random);
		return switch (decision) {
			case Again again -> new Consequence.Over(AttemptResult.RETRIED, List.of(again(attempt, again.delay())));
			case TooLate() -> expired(job, failure.reason(), now);
			case GiveUp givenUp ->
				deadLettered(DeadLetter.of(job, failure.reason(), givenUp.limit(), attempt.firstTriedAt(), now));
		};
	}

	private static OutgoingMessage again(Attempt attempt, RetryDelay delay) {
		OutgoingMessage message = OutgoingMessage.retry(attempt.job().nextAttempt(), delay);
		return new OutgoingMessage(message.exchange(), message.routingKey(), message.priority(), message.body(),
				attempt.headers());
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
