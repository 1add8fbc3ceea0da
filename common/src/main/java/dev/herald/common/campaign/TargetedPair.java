package dev.herald.common.campaign;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.UserId;
import dev.herald.common.push.Payload;
import dev.herald.common.push.PushJob;
import dev.herald.common.push.PushPriority;
import org.jspecify.annotations.Nullable;

/**
 * One user and the article they are to get, as an external system publishes it to the
 * queue of the application, or posts it as a line to {@code POST /targeted}. Only the
 * first two fields are needed. The same pair in the same campaign is the same
 * notification, however often it arrives.
 *
 * @param articleId what the application's content service knows the article by; 1 to
 * {@value #MAX_ARTICLE_ID_LENGTH} characters
 * @param campaignId the campaign it is part of, or null for the application's standing
 * campaign of the day
 * @param payload merged over the article's own, or null
 * @param ttlSeconds how long it is worth showing, or null for the campaign's
 * @param priority how urgent it is, or null for the campaign's
 * @param collapseKey pushes of one device with the same key replace each other, or null
 */
public record TargetedPair(UserId userId, String articleId, @Nullable CampaignId campaignId, @Nullable Payload payload,
		@Nullable Integer ttlSeconds, @Nullable PushPriority priority, @Nullable String collapseKey) {

	/** The longest article id. */
	public static final int MAX_ARTICLE_ID_LENGTH = 256;

	/** Firebase, <em>Set and manage message priority and TTL</em>: 28 days. */
	public static final int MAX_TTL_SECONDS = 2_419_200;

	/**
	 * @throws NullPointerException if the user or the article is missing, naming it
	 * @throws IllegalArgumentException if a field is out of its bounds
	 */
	public TargetedPair {
		requireNonNull(userId, "user_id is missing");
		requireNonNull(articleId, "article_id is missing");
		if (articleId.isBlank() || articleId.length() > MAX_ARTICLE_ID_LENGTH) {
			throw new IllegalArgumentException("article_id must be 1 to %d characters, but has %d"
				.formatted(MAX_ARTICLE_ID_LENGTH, articleId.length()));
		}
		if (ttlSeconds != null && (ttlSeconds < 0 || ttlSeconds > MAX_TTL_SECONDS)) {
			throw new IllegalArgumentException(
					"ttl_seconds must be 0 to %d, but was %d".formatted(MAX_TTL_SECONDS, ttlSeconds));
		}
		// APNs takes it as a header, which holds visible ASCII.
		if (collapseKey != null && (collapseKey.isEmpty() || collapseKey.length() > PushJob.MAX_COLLAPSE_KEY_BYTES
				|| !collapseKey.chars().allMatch(c -> c > ' ' && c < 0x7F))) {
			throw new IllegalArgumentException(
					"collapse_key must be 1 to %d visible ASCII characters without spaces, but has %d characters"
						.formatted(PushJob.MAX_COLLAPSE_KEY_BYTES, collapseKey.length()));
		}
	}

	/** The same pair as part of a campaign. */
	public TargetedPair of(CampaignId campaign) {
		return new TargetedPair(userId, articleId, campaign, payload, ttlSeconds, priority, collapseKey);
	}

	/** A pair with no more than it needs. */
	public static TargetedPair of(UserId userId, String articleId) {
		return new TargetedPair(userId, articleId, null, null, null, null, null);
	}

}
