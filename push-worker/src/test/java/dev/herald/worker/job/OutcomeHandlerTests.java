package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.TokenInvalidation;
import dev.herald.worker.push.Jobs;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.retry.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeHandlerTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private final PushJob job = Jobs.job(Jobs.RIDER, Provider.FCM);

	private final Attempt attempt = new Attempt(job, NOW);

	private final OutcomeHandler handler = new OutcomeHandler(RetryPolicy.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC),
			() -> 0);

	@Test
	void anAcceptedPushIsReportedWithTheProvidersId() {
		Consequence.Over over = over(attempt, new PushOutcome.Accepted("projects/p/messages/1"));

		assertThat(over.result()).isEqualTo(AttemptResult.ACCEPTED);
		assertThat(over.messages()).singleElement()
			.satisfies(message -> assertThat(message.routingKey()).isEqualTo("delivery.reports"))
			.satisfies(message -> assertThat(report(message))
				.isEqualTo(DeliveryReport.of(job, DeliveryOutcome.ACCEPTED, null, "projects/p/messages/1", NOW)));
	}

	@Test
	void aRejectedPushIsReportedWithTheReason() {
		Consequence.Over over = over(attempt, new PushOutcome.Rejected("PayloadTooLarge"));

		assertThat(over.result()).isEqualTo(AttemptResult.REJECTED);
		assertThat(over.messages()).singleElement()
			.satisfies(message -> assertThat(report(message))
				.isEqualTo(DeliveryReport.of(job, DeliveryOutcome.REJECTED, "PayloadTooLarge", null, NOW)));
	}

	@Test
	void aDeadTokenIsReportedAndMadeKnown() {
		Instant diedAt = NOW.minusSeconds(60);

		Consequence.Over over = over(attempt, new PushOutcome.TokenInvalid("Unregistered", diedAt));

		assertThat(over.result()).isEqualTo(AttemptResult.TOKEN_INVALID);
		assertThat(over.messages()).extracting(OutgoingMessage::routingKey)
			.containsExactly("delivery.reports", "token.invalidations");
		assertThat(HeraldJson.read(over.messages().getLast().body(), TokenInvalidation.class))
			.isEqualTo(TokenInvalidation.of(job, diedAt, "Unregistered"));
	}

	@Test
	void anExpiredPushIsReported() {
		Consequence.Over over = over(attempt, new PushOutcome.Expired());

		assertThat(over.result()).isEqualTo(AttemptResult.EXPIRED);
		assertThat(report(over.messages().getFirst()).outcome()).isEqualTo(DeliveryOutcome.EXPIRED);
	}

	@Test
	void aFailedPushGoesThroughADelayBackToItsQueue() {
		Consequence.Over over = over(attempt, new PushOutcome.Retryable("UNAVAILABLE", Duration.ofSeconds(12)));

		assertThat(over.result()).isEqualTo(AttemptResult.RETRIED);
		assertThat(over.messages()).singleElement()
			.returns("push.retry.15s", OutgoingMessage::exchange)
			.returns("com.acme.rider.fcm", OutgoingMessage::routingKey)
			.returns(5, OutgoingMessage::priority)
			.returns(attempt.headers(), OutgoingMessage::headers)
			.satisfies(
					message -> assertThat(HeraldJson.read(message.body(), PushJob.class)).isEqualTo(job.nextAttempt()));
	}

	@Test
	void aPushThatWasTriedEnoughIsKeptForAnOperatorAndReported() {
		PushJob last = job;
		for (int i = 1; i < RetryPolicy.DEFAULT.maxAttempts(); i++) {
			last = last.nextAttempt();
		}

		Instant firstTriedAt = NOW.minusSeconds(1200);

		Consequence.Over over = over(new Attempt(last, firstTriedAt),
				PushOutcome.Retryable.soon("NoAnswer: connection refused"));

		String reason = "given up after 10 attempts: NoAnswer: connection refused";
		assertThat(over.result()).isEqualTo(AttemptResult.DEAD_LETTERED);
		assertThat(over.messages()).extracting(OutgoingMessage::routingKey)
			.containsExactly("push.dead", "delivery.reports");
		assertThat(HeraldJson.read(over.messages().getFirst().body(), DeadLetter.class))
			.isEqualTo(new DeadLetter(DeadLetter.VERSION, last, "NoAnswer", "NoAnswer: connection refused",
					"10 attempts", firstTriedAt, NOW));
		assertThat(report(over.messages().getLast()))
			.isEqualTo(DeliveryReport.of(last, DeliveryOutcome.DEAD_LETTERED, reason, null, NOW));
	}

	@Test
	void aPushWhoseNextAttemptWouldComeTooLateHasExpiredWithTheLastReason() {
		OutcomeHandler muchLater = new OutcomeHandler(RetryPolicy.DEFAULT,
				Clock.fixed(job.expiresAt().minusMillis(1), ZoneOffset.UTC), () -> 0);
		Consequence late = muchLater.handle(attempt, PushOutcome.Retryable.soon("UNAVAILABLE"));

		assertThat(late).isInstanceOfSatisfying(Consequence.Over.class, expired -> {
			assertThat(expired.result()).isEqualTo(AttemptResult.EXPIRED);
			assertThat(report(expired.messages().getFirst()).reason()).isEqualTo("UNAVAILABLE");
		});
	}

	@Test
	void aRefusedApplicationPublishesNothing() {
		assertThat(handler.handle(attempt, new PushOutcome.Misconfigured("InvalidProviderToken")))
			.isEqualTo(new Consequence.Pause("InvalidProviderToken"));
	}

	private Consequence.Over over(Attempt tried, PushOutcome outcome) {
		return (Consequence.Over) handler.handle(tried, outcome);
	}

	private static DeliveryReport report(OutgoingMessage message) {
		return HeraldJson.read(message.body(), DeliveryReport.class);
	}

}
