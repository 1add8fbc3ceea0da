package dev.herald.api.notification;

import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.CampaignId;
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
 * @param campaignId the targeted push it is part of, if it is
 * @param articleId the article that it shows, if it is part of a targeted push
 */
public record Notification(NotificationId id, DeviceQuery recipient, NotificationStatus status, PushContent content,
		PushPriority priority, @Nullable String collapseKey, Instant acceptedAt, Instant expiresAt,
		List<Target> targets, @Nullable CampaignId campaignId, @Nullable String articleId) {

	public Notification {
		targets = List.copyOf(targets);
	}

}
