package dev.herald.api.targeted;

import dev.herald.common.identity.NotificationId;
import org.jspecify.annotations.Nullable;

/** A pair that nobody was shown, and why. */
record FailedPair(NotificationId notificationId, String userId, String articleId, String ending,
		@Nullable String reason) {
}
