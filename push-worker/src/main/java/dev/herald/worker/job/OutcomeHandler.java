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
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
	Consequence unsent(Attempt attempt, Unsendable standing) {
		PushJob job = attempt.job();
		Instant now = clock.instant();
		return switch (standing) {
			// No invalidation: nothing was said about the token, which may be in use
			// again.
			case LoggedOut() -> new Consequence.Over(AttemptResult.LOGGED_OUT,
					List.of(report(job, DeliveryOutcome.TOKEN_INVALID, LOGGED_OUT, now)));
			case Moved(Device device) -> new Consequence.Over(AttemptResult.MOVED,
					List.of(untried(attempt, OutgoingMessage.job(job.to(device)))));
			case Unknown unknown -> held(attempt, unknown, now);
		};
	}

	/** Not an attempt, and not the provider's fault: only the job's expiry ends it. */
	private static Consequence held(Attempt attempt, Unknown unknown, Instant now) {
		PushJob job = attempt.job();
		for (RetryDelay delay : List.of(RetryDelay.atLeast(unknown.askAgainAfter()), RetryDelay.ONE_SECOND)) {
			if (!job.isExpiredAt(now.plus(delay.duration()))) {
				return new Consequence.Over(AttemptResult.HELD,
						List.of(untried(attempt, OutgoingMessage.retry(job, delay))));
			}
		}
		return expired(job, unknown.reason(), now);
	}

	/** A job that was not tried now is said to have been tried only if it was before. */
	private static OutgoingMessage untried(Attempt attempt, OutgoingMessage message) {
		return attempt.job().attempt() == 1 ? message : with(attempt.headers(), message);
	}

	private Consequence retried(Attempt attempt, Retryable failure, Instant now) {
		PushJob job = attempt.job();
		RetryDecision decision = retries.decide(job.attempt(), attempt.firstTriedAt(), job.expiresAt(),
				failure.retryAfter(), now, random);
		return switch (decision) {
			case Again again -> new Consequence.Over(AttemptResult.RETRIED, List.of(again(attempt, again.delay())));
			case TooLate() -> expired(job, failure.reason(), now);
			case GiveUp givenUp ->
				deadLettered(job, "given up after %s: %s".formatted(givenUp.limit(), failure.reason()), now);
		};
	}

	private static OutgoingMessage again(Attempt attempt, RetryDelay delay) {
		return with(attempt.headers(), OutgoingMessage.retry(attempt.job().nextAttempt(), delay));
	}

	private static OutgoingMessage with(Map<String, Object> headers, OutgoingMessage message) {
		return new OutgoingMessage(message.exchange(), message.routingKey(), message.priority(), message.body(),
				headers);
	}

	private static Consequence expired(PushJob job, @Nullable String lastReason, Instant now) {
		return over(AttemptResult.EXPIRED, DeliveryReport.of(job, DeliveryOutcome.EXPIRED, lastReason, null, now));
	}

	private static Consequence deadLettered(PushJob job, String reason, Instant now) {
		// The dead letter first: it is what must not be lost.
		return new Consequence.Over(AttemptResult.DEAD_LETTERED,
				List.of(OutgoingMessage.deadLetter(DeadLetter.of(job, reason, now)),
						report(job, DeliveryOutcome.DEAD_LETTERED, reason, now)));
	}

	private static Consequence over(AttemptResult result, DeliveryReport report) {
		return new Consequence.Over(result, List.of(OutgoingMessage.report(report)));
	}

	private static OutgoingMessage report(PushJob job, DeliveryOutcome outcome, String reason, Instant now) {
		return OutgoingMessage.report(DeliveryReport.of(job, outcome, reason, null, now));
	}

}
