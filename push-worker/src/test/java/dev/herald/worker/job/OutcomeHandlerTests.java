package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.device.Device;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import dev.herald.common.push.TokenInvalidation;
import dev.herald.worker.push.Jobs;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.registration.Standing;
import dev.herald.worker.retry.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
		Consequence.Over over = over(attempt, PushOutcome.Retryable.failing("UNAVAILABLE", Duration.ofSeconds(12)));

		assertThat(over.result()).isEqualTo(AttemptResult.RETRIED);
		assertThat(over.messages()).singleElement()
			.returns("push.retry.15s", OutgoingMessage::exchange)
			.returns("com.acme.rider.fcm", OutgoingMessage::routingKey)
			.returns(5, OutgoingMessage::priority)
			.satisfies(message -> assertThat(HeraldJson.read(message.body(), PushJob.class))
				.isEqualTo(job.nextAttempt(NOW, null)));
	}

	@Test
	void aProviderThatWantsToBeLeftAloneForLongerThanADelayIsObeyed() {
		PushJob patient = Jobs.job(Jobs.RIDER, Provider.FCM, "token", PushContent.of("Title", "Text", Payload.EMPTY),
				PushPriority.NORMAL, null, NOW.plus(Duration.ofDays(2)));
		Consequence.Over over = over(new Attempt(patient, NOW),
				PushOutcome.Retryable.failing("UNAVAILABLE", Duration.ofMinutes(40)));

		assertThat(over.result()).isEqualTo(AttemptResult.RETRIED);
		assertThat(over.messages()).singleElement()
			.returns("push.retry.15m", OutgoingMessage::exchange)
			.satisfies(message -> assertThat(HeraldJson.read(message.body(), PushJob.class))
				.isEqualTo(patient.nextAttempt(NOW, NOW.plus(Duration.ofMinutes(40)))));
	}

	@Test
	void aJobThatIsBackBeforeThatWaitsOnWithoutCountingAnAttempt() {
		PushJob early = job.nextAttempt(NOW.minusSeconds(900), NOW.plusSeconds(100));

		Optional<Consequence> before = handler.beforeAsking(early);

		assertThat(before).hasValueSatisfying(consequence -> {
			Consequence.Over over = (Consequence.Over) consequence;
			assertThat(over.result()).isEqualTo(AttemptResult.POSTPONED);
			assertThat(over.messages()).singleElement()
				.returns("push.retry.5m", OutgoingMessage::exchange)
				.satisfies(message -> assertThat(HeraldJson.read(message.body(), PushJob.class)).isEqualTo(early));
		});
		assertThat(handler.beforeAsking(job.nextAttempt(NOW.minusSeconds(900), NOW))).isEmpty();
		assertThat(handler.beforeAsking(job)).isEmpty();
	}

	@Test
	void aProviderThatWantsToBeLeftAloneForTooLongEndsTheJobAtOnce() {
		PushJob patient = Jobs.job(Jobs.RIDER, Provider.FCM, "token", PushContent.of("Title", "Text", Payload.EMPTY),
				PushPriority.NORMAL, null, NOW.plus(Duration.ofDays(2)));
		PushOutcome tooLong = PushOutcome.Retryable.failing("UNAVAILABLE", Duration.ofDays(3));

		assertThat(over(new Attempt(patient, NOW), tooLong).result()).isEqualTo(AttemptResult.DEAD_LETTERED);
		assertThat(over(new Attempt(soonExpired(), NOW), tooLong).result()).isEqualTo(AttemptResult.EXPIRED);
	}

	@Test
	void anExpiredJobIsNotEvenTried() {
		OutcomeHandler tooLate = new OutcomeHandler(RetryPolicy.DEFAULT, Clock.fixed(job.expiresAt(), ZoneOffset.UTC),
				() -> 0);

		assertThat(tooLate.beforeAsking(job)).hasValueSatisfying(
				consequence -> assertThat(((Consequence.Over) consequence).result()).isEqualTo(AttemptResult.EXPIRED));
	}

	private static PushJob soonExpired() {
		return Jobs.job(Jobs.RIDER, Provider.FCM, "token", PushContent.of("Title", "Text", Payload.EMPTY),
				PushPriority.NORMAL, null, NOW.plusSeconds(600));
	}

	@Test
	void aPushThatWasTriedEnoughIsKeptForAnOperatorAndReported() {
		PushJob last = job;
		for (int i = 1; i < RetryPolicy.DEFAULT.maxAttempts(); i++) {
			last = last.nextAttempt(NOW, null);
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
		Instant late = job.expiresAt().minusMillis(1);
		OutcomeHandler muchLater = new OutcomeHandler(RetryPolicy.DEFAULT, Clock.fixed(late, ZoneOffset.UTC), () -> 0);
		Consequence consequence = muchLater.handle(new Attempt(job, late), PushOutcome.Retryable.soon("UNAVAILABLE"));

		assertThat(consequence).isInstanceOfSatisfying(Consequence.Over.class, expired -> {
			assertThat(expired.result()).isEqualTo(AttemptResult.EXPIRED);
			assertThat(report(expired.messages().getFirst()).reason()).isEqualTo("UNAVAILABLE");
		});
	}

	@Test
	void aRefusedApplicationPublishesNothing() {
		assertThat(handler.handle(attempt, new PushOutcome.Misconfigured("InvalidProviderToken")))
			.isEqualTo(new Consequence.Pause("InvalidProviderToken"));
	}

	@Test
	void aJobWhoseLoginIsOverEndsWithoutAVerdictOnTheToken() {
		assertThat(unsent(attempt, new Standing.LoggedOut()))
			.returns(AttemptResult.LOGGED_OUT, Consequence.Over::result)
			.satisfies(over -> assertThat(over.messages()).singleElement()
				.satisfies(message -> assertThat(report(message))
					.isEqualTo(DeliveryReport.of(job, DeliveryOutcome.TOKEN_INVALID, "LoggedOut", null, NOW))));
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, push.retry.1s", "PT1S, push.retry.1s", "PT2S, push.retry.5s", "PT20S, push.retry.1m",
			"PT60S, push.retry.1m" })
	void aJobOfWhichNobodyKnowsWaitsAndCountsNoAttempt(Duration askAgainAfter, String exchange) {
		Consequence.Over over = unsent(attempt, new Standing.Unknown("away", askAgainAfter));

		assertThat(over.result()).isEqualTo(AttemptResult.HELD);
		assertThat(over.messages()).singleElement()
			.returns(exchange, OutgoingMessage::exchange)
			.returns("com.acme.rider.fcm", OutgoingMessage::routingKey)
			.returns(Map.of(), OutgoingMessage::headers)
			.satisfies(message -> assertThat(HeraldJson.read(message.body(), PushJob.class)).isEqualTo(job));
	}

	@Test
	void aHeldJobThatWasTriedBeforeKeepsWhenItWasTriedFirst() {
		PushJob second = job.nextAttempt(NOW.minusSeconds(60), null);

		assertThat(unsent(new Attempt(second, NOW), new Standing.Unknown("away", Duration.ZERO)).messages())
			.singleElement()
			.satisfies(message -> assertThat(HeraldJson.read(message.body(), PushJob.class)).isEqualTo(second));
	}

	@Test
	void aJobIsHeldNoLongerThanItIsWorthShowing() {
		Attempt expiresIn5 = expiringAfter(Duration.ofSeconds(5));

		assertThat(unsent(expiresIn5, new Standing.Unknown("away", Duration.ofSeconds(30))).messages()).singleElement()
			.returns("push.retry.1s", OutgoingMessage::exchange);
		assertThat(unsent(expiringAfter(Duration.ofSeconds(1)), new Standing.Unknown("away", Duration.ZERO)))
			.returns(AttemptResult.EXPIRED, Consequence.Over::result)
			.satisfies(over -> assertThat(report(over.messages().getFirst()).reason()).isEqualTo("away"));
	}

	@Test
	void aJobOfADeviceThatMovedGoesToTheQueueOfItsProvider() {
		Device device = job.device();
		Device moved = new Device(device.registrationId(), device.deviceId(), device.userId(), device.applicationId(),
				Provider.APNS, new DeviceToken(Jobs.token(Provider.APNS, 1)), device.environment(), NOW);

		Consequence.Over over = unsent(attempt, new Standing.Moved(moved));

		assertThat(over.result()).isEqualTo(AttemptResult.MOVED);
		assertThat(over.messages()).singleElement()
			.returns("push", OutgoingMessage::exchange)
			.returns("com.acme.rider.apns", OutgoingMessage::routingKey)
			.satisfies(message -> assertThat(HeraldJson.read(message.body(), PushJob.class)).isEqualTo(job.to(moved)));
	}

	private Attempt expiringAfter(Duration left) {
		return new Attempt(Jobs.at(job, job.acceptedAt(), NOW.plus(left)), NOW);
	}

	private Consequence.Over unsent(Attempt held, Standing.Unsendable standing) {
		return (Consequence.Over) handler.unsent(held.job(), standing);
	}

	private Consequence.Over over(Attempt tried, PushOutcome outcome) {
		return (Consequence.Over) handler.handle(tried, outcome);
	}

	private static DeliveryReport report(OutgoingMessage message) {
		return HeraldJson.read(message.body(), DeliveryReport.class);
	}

}
