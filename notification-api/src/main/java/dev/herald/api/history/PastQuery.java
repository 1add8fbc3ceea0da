package dev.herald.api.history;

import dev.herald.api.notification.IdRange;
import dev.herald.api.notification.Notification;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What of the past is wanted; null is no condition.
 *
 * @param limit how many notifications at most, 1 to {@value #MAX_LIMIT}
 */
record PastQuery(@Nullable UserId user, @Nullable ApplicationId application, @Nullable CampaignId campaign,
		@Nullable StatusFilter status, IdRange range, int limit) {

	static final int MAX_LIMIT = 100;

	/**
	 * @throws IllegalArgumentException if the limit is out of its bounds
	 */
	PastQuery {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("limit must be 1 to %d, but was %d".formatted(MAX_LIMIT, limit));
		}
	}

	/** What no index knows about a user's or an application's notification. */
	boolean takes(Notification notification) {
		return (campaign == null || campaign.equals(notification.campaignId()))
				&& (application == null || notification.recipient().applicationId() == null
						|| application.equals(notification.recipient().applicationId()));
	}

	boolean takes(NotificationView view) {
		return status == null || status.takes(view);
	}

}
