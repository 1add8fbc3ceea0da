package dev.herald.api.deadletter;

import dev.herald.common.device.Device;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Dead letters as push workers write them. */
final class Letters {

	static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

	private Letters() {
	}

	/** A reason that no other test has: all of them share a table. */
	static String newReason() {
		return "TEST_" + UUID.randomUUID();
	}

	static DeadLetter of(Device device, String reason) {
		return of(NotificationId.create(), device, reason, Instant.now().plus(Duration.ofHours(1)));
	}

	static DeadLetter of(NotificationId id, Device device, String reason, Instant expiresAt) {
		PushJob job = PushJob.first(id, device, PushContent.of("Your driver is here", "At the pickup", Payload.EMPTY),
				PushPriority.HIGH, "ride-9", NOON, expiresAt);
		return DeadLetter.of(job.nextAttempt(NOON, null).nextAttempt(NOON, null), reason + ": it said no", "3 attempts",
				NOON, NOON.plusSeconds(60));
	}

}
