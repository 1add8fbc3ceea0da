package dev.herald.common.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.Environment;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.identity.UserId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PushJobTests {

	private static final String TOKEN = "dQw4w9WgXcQ:APA91bHun4MxP5egoKMwt2KZFBaFUH";

	private static final Instant EXPIRY = Instant.parse("2026-11-20T11:15:30Z");

	private final PushJob job = PushJob.first(NotificationId.create(), device(17, TOKEN),
			PushContent.of("Hi", "there", Payload.EMPTY), PushPriority.HIGH, null, EXPIRY.minusSeconds(3600), EXPIRY);

	@Test
	void noMessagePrintsTheDeviceToken() {
		assertThat(job.toString()).contains("pixel-9").doesNotContain(TOKEN);
		assertThat(DeadLetter.of(job, "503", "10 attempts", EXPIRY, EXPIRY).toString()).contains("pixel-9")
			.doesNotContain(TOKEN);
		assertThat(TokenInvalidation.of(job, EXPIRY, "UNREGISTERED").toString()).contains("UNREGISTERED")
			.doesNotContain(TOKEN);
	}

	@Test
	void aJobIsExpiredFromTheMomentOfItsExpiryOn() {
		assertThat(job.isExpiredAt(EXPIRY.minusNanos(1))).isFalse();
		assertThat(job.isExpiredAt(EXPIRY)).isTrue();
		assertThat(job.isExpiredAt(EXPIRY.plusNanos(1))).isTrue();
	}

	@Test
	void theNextAttemptKnowsWhenTheFirstWasAndDiffersInNothingElse() {
		Instant tried = EXPIRY.minusSeconds(3599);

		PushJob next = job.nextAttempt(tried, EXPIRY.minusSeconds(60));

		assertThat(next).returns(2, PushJob::attempt)
			.returns(tried, PushJob::firstTriedAt)
			.returns(EXPIRY.minusSeconds(60), PushJob::notBefore);
		assertThat(next).usingRecursiveComparison()
			.ignoringFields("attempt", "firstTriedAt", "notBefore")
			.isEqualTo(job);
	}

	@Test
	void aJobGoesToTheTokenThatItsRegistrationHasNow() {
		Device current = device(17, "another-token");

		assertThat(job.to(current).device()).isEqualTo(current);
		assertThat(job.to(current)).usingRecursiveComparison().ignoringFields("device").isEqualTo(job);
	}

	@Test
	void aJobNeverGoesToAnotherRegistration() {
		assertThatThrownBy(() -> job.to(device(18, TOKEN))).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("a job for registration 17 must not go to registration 18");
	}

	@Test
	void aReplayedJobIsAsItWasAtFirstAndStaysInItsCampaign() {
		CampaignId campaign = CampaignId.create();
		PushJob given = job.of(campaign).nextAttempt(EXPIRY, EXPIRY).nextAttempt(EXPIRY, null);

		PushJob replayed = given.replayed(job.device(), EXPIRY.plusSeconds(60));

		assertThat(replayed).isEqualTo(
				PushJob
					.first(job.notificationId(), job.device(), job.content(), job.priority(), job.collapseKey(),
							job.acceptedAt(), EXPIRY.plusSeconds(60))
					.of(campaign));
	}

	@Test
	void aReportSaysWhichJobItIsAbout() {
		DeliveryReport report = DeliveryReport.of(job.nextAttempt(EXPIRY, null), DeliveryOutcome.REJECTED, "400", null,
				EXPIRY);

		assertThat(report).isEqualTo(new DeliveryReport(1, job.notificationId(), null, new RegistrationId(17),
				new DeviceId("pixel-9"), new ApplicationId("com.acme.rider"), Provider.FCM, DeliveryOutcome.REJECTED,
				"400", null, 2, EXPIRY));
	}

	@ParameterizedTest
	@EnumSource
	void anOutcomeIsFoundByItsNameOnTheWire(DeliveryOutcome outcome) {
		assertThat(DeliveryOutcome.of(outcome.value())).isSameAs(outcome);
	}

	@ParameterizedTest
	@EnumSource
	void aPriorityIsFoundByItsNameOnTheWire(PushPriority priority) {
		assertThat(PushPriority.of(priority.value())).isSameAs(priority);
	}

	@Test
	void highIsInTheUpperClassOfAQuorumQueueAndNormalInTheLower() {
		assertThat(PushPriority.HIGH.messagePriority()).isBetween(5, 255);
		assertThat(PushPriority.NORMAL.messagePriority()).isBetween(0, 4);
	}

	private static Device device(long registration, String token) {
		return new Device(new RegistrationId(registration), new DeviceId("pixel-9"), new UserId("42"),
				new ApplicationId("com.acme.rider"), Provider.FCM, new DeviceToken(token), Environment.PRODUCTION,
				EXPIRY.minusSeconds(86_400));
	}

}
