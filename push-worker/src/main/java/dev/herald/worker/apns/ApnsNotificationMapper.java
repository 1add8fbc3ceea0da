package dev.herald.worker.apns;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.herald.common.push.ApnsPayload;
import dev.herald.common.push.ProviderMessageSize;
import dev.herald.common.push.PushJob;
import dev.herald.worker.push.AppPayload;
import java.util.UUID;

/**
 * Puts a job into APNs' terms (Apple, <em>Sending notification requests to APNs</em> and
 * <em>Generating a remote notification</em>). Pure.
 */
final class ApnsNotificationMapper {

	/** All but the two that say which kind of UUID it is (RFC 9562). */
	private static final long RANDOM_BITS = -1L >>> 2;

	/**
	 * Odd, so that no two registrations become one; with bits in all places, since
	 * notifications of one millisecond may differ in the last ones only (Knuth, <em>The
	 * Art of Computer Programming</em>, 6.4, multiplicative hashing).
	 */
	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	private ApnsNotificationMapper() {
	}

	/** The push of a job. */
	static ApnsPushNotification map(PushJob job, String topic) {
		return new SimpleApnsPushNotification(job.device().token().value(), topic, payload(job), job.expiresAt(),
				switch (job.priority()) {
					case HIGH -> DeliveryPriority.IMMEDIATE;
					case NORMAL -> DeliveryPriority.CONSERVE_POWER;
				}, PushType.ALERT, collapseId(job), apnsId(job));
	}

	/** Whether APNs would refuse it for its size. */
	static boolean isTooLarge(ApnsPushNotification notification) {
		return ProviderMessageSize.isTooLong(notification.getPayload());
	}

	/** A job that is sent twice shows once: the second takes the place of the first. */
	private static String collapseId(PushJob job) {
		return job.collapseKey() == null ? AppPayload.notificationId(job) : job.collapseKey();
	}

	/**
	 * The same for every attempt at a job, and no other job's: the notification's own,
	 * with the registration mixed into its random bits.
	 */
	private static UUID apnsId(PushJob job) {
		UUID notification = job.notificationId().value();
		long registration = job.device().registrationId().value() * SPREAD & RANDOM_BITS;
		return new UUID(notification.getMostSignificantBits(), notification.getLeastSignificantBits() ^ registration);
	}

	private static String payload(PushJob job) {
		return ApnsPayload.of(job.content(), AppPayload.notificationId(job),
				AppPayload.fields(job, ApnsPayload.RESERVED));
	}

}
