package dev.herald.api.intake;

import dev.herald.api.notification.Notification;
import dev.herald.api.notification.NotificationStatus;
import dev.herald.api.notification.Target;
import dev.herald.common.device.Device;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a valid request asks for.
 *
 * @param recipient the user, and the application or every one
 * @param ttl how long it is worth showing; zero for now or never
 */
record NotificationOrder(DeviceQuery recipient, PushContent content, PushPriority priority,
		@Nullable String collapseKey, Duration ttl) {

	/**
	 * What "now or never" leaves for the way through Herald's own queue. A job that had
	 * expired the moment it was made would never be sent.
	 */
	static final Duration SHORTEST_TTL = Duration.ofSeconds(10);

	Notification accept(NotificationId id, List<Device> devices, Instant acceptedAt) {
		return new Notification(id, recipient,
				devices.isEmpty() ? NotificationStatus.NO_DEVICES : NotificationStatus.QUEUED, content, priority,
				collapseKey, acceptedAt, expiresAt(acceptedAt), devices.stream().map(Target::of).toList(), null, null);
	}

	PushJob job(NotificationId id, Device device, Instant acceptedAt) {
		return PushJob.first(id, device, content, priority, collapseKey, acceptedAt, expiresAt(acceptedAt));
	}

	private Instant expiresAt(Instant acceptedAt) {
		return acceptedAt.plus(ttl.isZero() ? SHORTEST_TTL : ttl);
	}

}
