package dev.herald.common.campaign;

import static java.util.Objects.requireNonNull;

import dev.herald.common.device.Device;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.PushContent;
import dev.herald.common.push.PushPriority;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one pair of a targeted push, as the push worker tells the notification
 * API, which keeps it as the user's notification. The same report may arrive twice: it
 * counts once, by the notification.
 *
 * @param version the form of this message; {@value #VERSION} is the only one yet
 * @param notificationId derived from campaign, user and article
 * @param reason why it ended so, where there is something to add
 * @param content what is shown, or null where there is no article
 * @param devices for which a job was published; empty unless the ending is
 * {@link PairEnding#QUEUED}
 */
public record PairReport(int version, CampaignId campaignId, NotificationId notificationId, UserId userId,
		ApplicationId applicationId, String articleId, PairEnding ending, @Nullable String reason,
		@Nullable PushContent content, PushPriority priority, @Nullable String collapseKey, Instant acceptedAt,
		Instant expiresAt, List<Device> devices) {

	/** The form of this message that this code writes. */
	public static final int VERSION = 1;

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if the version is another, or what was shown is
	 * missing
	 */
	public PairReport {
		if (version != VERSION) {
			throw new IllegalArgumentException(
					"version of a pair report must be %d, but was %d".formatted(VERSION, version));
		}
		requireNonNull(campaignId, "campaign_id is missing");
		requireNonNull(notificationId, "notification_id is missing");
		requireNonNull(userId, "user_id is missing");
		requireNonNull(applicationId, "application_id is missing");
		requireNonNull(articleId, "article_id is missing");
		requireNonNull(ending, "ending is missing");
		requireNonNull(priority, "priority is missing");
		requireNonNull(acceptedAt, "accepted_at is missing");
		requireNonNull(expiresAt, "expires_at is missing");
		requireNonNull(devices, "devices is missing");
		if (content == null && (ending == PairEnding.QUEUED || ending == PairEnding.NO_DEVICES)) {
			throw new IllegalArgumentException("content is missing, though the ending is " + ending);
		}
		devices = List.copyOf(devices);
	}

}
