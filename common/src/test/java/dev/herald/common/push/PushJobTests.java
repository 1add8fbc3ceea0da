package dev.herald.common.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
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

	private final PushJob job = PushJob.first(NotificationId.create(),
			new Device(new RegistrationId(17), new DeviceId("pixel-9"), new UserId("42"),
					new ApplicationId("com.acme.rider"), Provider.FCM, new DeviceToken(TOKEN), Environment.PRODUCTION,
					EXPIRY.minusSeconds(86_400)),
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
	void theNextAttemptDiffersInNothingElse() {
		PushJob next = job.nextAttempt();

		assertThat(next.attempt()).isEqualTo(2);
		assertThat(next).usingRecursiveComparison().ignoringFields("attempt").isEqualTo(job);
	}

	@Test
	void aReportSaysWhichJobItIsAbout() {
		DeliveryReport report = DeliveryReport.of(job.nextAttempt(), DeliveryOutcome.REJECTED, "400", null, EXPIRY);

		assertThat(report).isEqualTo(new DeliveryReport(1, job.notificationId(), new RegistrationId(17),
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

}
