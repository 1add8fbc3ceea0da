package dev.herald.api.notification;

import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification as it is kept.
 *
 * @param recipient the user, and the application or every one
 * @param acceptedAt when it was taken; its last attempt's, where it was repeated under an
 * idempotency key
 * @param targets the devices it went to
 */
public record Notification(NotificationId id, DeviceQuery recipient, NotificationStatus status, PushContent content,
		PushPriority priority, @Nullable String collapseKey, Instant acceptedAt, Instant expiresAt,
		List<Target> targets) {

	public Notification {
		targets = List.copyOf(targets);
	}

}
