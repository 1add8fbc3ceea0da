package dev.herald.common.push;

import static java.util.Objects.requireNonNull;

import dev.herald.common.device.Device;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * One notification for one device: what a push worker needs to send it, so that it need
 * ask nobody. A job is identified by its notification and the registration of its device.
 *
 * @param version the form of this message; {@value #VERSION} is the only one yet
 * @param notificationId the notification
 * @param campaignId the campaign it is part of, or null if it was sent by itself
 * @param device the device, as it was registered when the notification was taken or when
 * it was last seen to be registered
 * @param content what to show
 * @param priority how urgent it is
 * @param collapseKey pushes of one device with the same key replace each other on the
 * phone; at most {@value #MAX_COLLAPSE_KEY_BYTES} bytes
 * @param acceptedAt when the notification was taken, no later than its devices were
 * looked up: a job much older than this is sent only if its device is registered still
 * @param expiresAt when it is no longer worth showing
 * @param attempt which attempt this is, from 1
 * @param firstTriedAt when it was tried first, or null before that
 * @param notBefore the moment until which the provider wants to be left alone, or null
 */
@JsonDeserialize(using = PushJobReader.class)
public record PushJob(int version, NotificationId notificationId, @Nullable CampaignId campaignId, Device device,
		PushContent content, PushPriority priority, @Nullable String collapseKey, Instant acceptedAt, Instant expiresAt,
		int attempt, @Nullable Instant firstTriedAt, @Nullable Instant notBefore) {

	/** The form of this message that this code writes. */
	public static final int VERSION = 1;

	/**
	 * Apple, <em>Sending notification requests to APNs</em>: {@code apns-collapse-id}
	 * takes 64 bytes at most.
	 */
	public static final int MAX_COLLAPSE_KEY_BYTES = 64;

	/**
	 * The longest that a push may be worth showing: 28 days (Firebase, <em>Set and manage
	 * message priority and TTL</em>).
	 */
	public static final int MAX_TTL_SECONDS = 2_419_200;

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if the version is another, or the attempt is not
	 * positive
	 */
	public PushJob {
		MessageVersion.check("push job", VERSION, version);
		requireNonNull(notificationId, "notification_id is missing");
		requireNonNull(device, "device is missing");
		requireNonNull(content, "content is missing");
		requireNonNull(priority, "priority is missing");
		requireNonNull(acceptedAt, "accepted_at is missing");
		requireNonNull(expiresAt, "expires_at is missing");
		if (attempt < 1) {
			throw new IllegalArgumentException("attempt must be 1 or more, but was " + attempt);
		}
	}

	/** The first attempt at a new job. */
	public static PushJob first(NotificationId notificationId, Device device, PushContent content,
			PushPriority priority, @Nullable String collapseKey, Instant acceptedAt, Instant expiresAt) {
		return new PushJob(VERSION, notificationId, null, device, content, priority, collapseKey, acceptedAt, expiresAt,
				1, null, null);
	}

	/** The same job as part of a campaign. */
	public PushJob of(CampaignId campaign) {
		return new PushJob(version, notificationId, campaign, device, content, priority, collapseKey, acceptedAt,
				expiresAt, attempt, firstTriedAt, notBefore);
	}

	/**
	 * The same job, to be tried once more.
	 * @param tried when it was tried first
	 * @param wait the moment until which the provider wants to be left alone, where the
	 * delay queue alone is not enough, or null
	 */
	public PushJob nextAttempt(Instant tried, @Nullable Instant wait) {
		return new PushJob(version, notificationId, campaignId, device, content, priority, collapseKey, acceptedAt,
				expiresAt, attempt + 1, tried, wait);
	}

	/**
	 * The same job, addressed to its device as it is registered now.
	 * @param current the same registration
	 * @throws IllegalArgumentException if it is another registration, whose user the job
	 * is not for
	 */
	public PushJob to(Device current) {
		if (!current.registrationId().equals(device.registrationId())) {
			throw new IllegalArgumentException("a job for registration %s must not go to registration %s"
				.formatted(device.registrationId(), current.registrationId()));
		}
		return new PushJob(version, notificationId, campaignId, current, content, priority, collapseKey, acceptedAt,
				expiresAt, attempt, firstTriedAt, notBefore);
	}

	/**
	 * The same job from its first attempt on.
	 * @param device the device as it is registered now
	 * @param expiresAt when it is no longer worth showing
	 */
	public PushJob replayed(Device device, Instant expiresAt) {
		return new PushJob(version, notificationId, campaignId, device, content, priority, collapseKey, acceptedAt,
				expiresAt, 1, null, null);
	}

	/** Whether it is no longer worth showing at this moment. */
	public boolean isExpiredAt(Instant moment) {
		return !moment.isBefore(expiresAt);
	}

}
