package dev.herald.common.campaign;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The ids that follow from what a pair says, so that one that is delivered again is the
 * same notification. They have the form of a UUIDv7 (RFC 9562): the milliseconds of a
 * moment, then 74 bits of a SHA-256 instead of random ones.
 */
public final class PairIdentity {

	private static final long VERSION_7 = 0x7000L;

	private static final long VARIANT = 0x8000_0000_0000_0000L;

	private PairIdentity() {
	}

	/**
	 * The notification of a pair that names its campaign.
	 * @param campaign its own time is the notification's
	 */
	public static NotificationId inCampaign(CampaignId campaign, UserId user, String articleId) {
		return notification(campaign, user, articleId, createdAt(campaign));
	}

	/**
	 * The notification of a pair of a standing campaign: of the hour that it was accepted
	 * in, so that the next hour's is another.
	 */
	public static NotificationId inStandingCampaign(CampaignId campaign, UserId user, String articleId,
			Instant acceptedAt) {
		return notification(campaign, user, articleId, acceptedAt.truncatedTo(ChronoUnit.HOURS));
	}

	/**
	 * The campaign of all pairs of an application that name none, for one day in UTC.
	 */
	public static CampaignId standingCampaign(ApplicationId application, Instant acceptedAt) {
		Instant day = acceptedAt.truncatedTo(ChronoUnit.DAYS);
		return new CampaignId(uuid(day, digest("standing", application.value(), day.toString())));
	}

	/** When a campaign's id was made, to the millisecond. */
	public static Instant createdAt(CampaignId campaign) {
		return new NotificationId(campaign.value()).createdAt();
	}

	private static NotificationId notification(CampaignId campaign, UserId user, String articleId, Instant moment) {
		return new NotificationId(uuid(moment, digest(campaign.toString(), user.value(), articleId)));
	}

	private static UUID uuid(Instant moment, byte[] hash) {
		ByteBuffer bits = ByteBuffer.wrap(hash);
		long high = (moment.toEpochMilli() << 16) | VERSION_7 | (bits.getLong() & 0x0FFFL);
		long low = VARIANT | (bits.getLong() >>> 2);
		return new UUID(high, low);
	}

	/**
	 * Each part with its length, lest the end of one pass for the beginning of another.
	 */
	private static byte[] digest(String... parts) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (String part : parts) {
				byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
				digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
				digest.update(bytes);
			}
			return digest.digest();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
