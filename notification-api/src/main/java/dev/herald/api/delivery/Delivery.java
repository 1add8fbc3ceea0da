package dev.herald.api.delivery;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.DeviceId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.push.DeliveryOutcome;
import dev.herald.common.push.DeliveryReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended, as it is kept.
 *
 * @param reason the provider's word or Herald's, at most {@value #MAX_REASON} characters
 * @param endedAt to the millisecond
 */
public record Delivery(Job job, DeviceId deviceId, ApplicationId applicationId, Provider provider,
		DeliveryOutcome outcome, @Nullable String reason, @Nullable String providerMessageId, int attempts,
		Instant endedAt) {

	static final int MAX_REASON = 512;

	static final int MAX_PROVIDER_MESSAGE_ID = 255;

	/** A job: one notification for one registration. */
	public record Job(NotificationId notificationId, RegistrationId registrationId) implements Comparable<Job> {

		@Override
		public int compareTo(Job other) {
			int byNotification = notificationId.compareTo(other.notificationId);
			return byNotification != 0 ? byNotification
					: Long.compare(registrationId.value(), other.registrationId.value());
		}

	}

	/** What a report says. */
	public static Delivery of(DeliveryReport report) {
		return new Delivery(new Job(report.notificationId(), report.registrationId()), report.deviceId(),
				report.applicationId(), report.provider(), report.outcome(), cut(report.reason(), MAX_REASON),
				cut(report.providerMessageId(), MAX_PROVIDER_MESSAGE_ID), report.attempts(),
				report.endedAt().truncatedTo(ChronoUnit.MILLIS));
	}

	/** Of several reports of one job, the one that counts. */
	public static Collection<Delivery> onePerJob(List<DeliveryReport> reports) {
		Map<Job, Delivery> byJob = new HashMap<>();
		for (DeliveryReport report : reports) {
			Delivery delivery = Delivery.of(report);
			byJob.merge(delivery.job(), delivery,
					(earlier, later) -> later.supersedes(earlier.outcome(), earlier.endedAt()) ? later : earlier);
		}
		return byJob.values();
	}

	/**
	 * Whether this report of a job counts rather than an earlier one. A push that the
	 * provider took once has reached it, whatever became of a repetition; among other
	 * endings the one that came last is where the job stands, such as after an operator
	 * replayed a dead letter. Reports may arrive in any order, so their own times decide.
	 * The statement of {@link JdbcDeliveries} holds the same rule.
	 */
	boolean supersedes(DeliveryOutcome earlierOutcome, Instant earlierEndedAt) {
		return earlierOutcome != DeliveryOutcome.ACCEPTED
				&& (outcome == DeliveryOutcome.ACCEPTED || !endedAt.isBefore(earlierEndedAt));
	}

	private static @Nullable String cut(@Nullable String text, int length) {
		return text == null || text.length() <= length ? text : text.substring(0, length);
	}

}
