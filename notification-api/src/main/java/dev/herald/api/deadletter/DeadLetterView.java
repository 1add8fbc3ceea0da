package dev.herald.api.deadletter;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.PushJob;
import java.time.Instant;

/**
 * A dead letter as an operator sees it.
 *
 * @param token the token's first characters; the whole is for pushing alone
 * @param reason the last answer in a word
 * @param lastAnswer the last answer in full
 * @param limit which limit was reached
 */
record DeadLetterView(long deadLetterId, NotificationId notificationId, UserId userId, DeviceId deviceId, String token,
		ApplicationId applicationId, Provider provider, String reason, String lastAnswer, String limit, int attempts,
		Instant firstTriedAt, Instant givenUpAt, Instant expiresAt, String title) {

	static DeadLetterView of(KeptDeadLetter kept) {
		DeadLetter letter = kept.letter();
		PushJob job = letter.job();
		Device device = job.device();
		return new DeadLetterView(kept.id(), job.notificationId(), device.userId(), device.deviceId(),
				device.token().toString(), device.applicationId(), device.provider(), letter.reason(),
				letter.lastAnswer(), letter.limit(), job.attempt(), letter.firstTriedAt(), letter.givenUpAt(),
				job.expiresAt(), job.content().title());
	}

}
