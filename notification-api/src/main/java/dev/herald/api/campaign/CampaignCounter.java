package dev.herald.api.campaign;

import dev.herald.common.push.DeliveryOutcome;
import java.util.List;
import java.util.Locale;

/** What is counted of a campaign; each is a column of {@code campaign_books}. */
public enum CampaignCounter {

	/** How many devices a broadcast is for, as estimated at its start. */
	DEVICES_ESTIMATED,

	/** Jobs that were published. */
	QUEUED,

	/** Jobs that the provider took. */
	ACCEPTED,

	/** Jobs whose token was dead. */
	TOKEN_INVALID,

	/** Jobs that the provider refused for good. */
	REJECTED,

	/** Jobs whose time ran out. */
	EXPIRED,

	/** Jobs that were given up. */
	DEAD_LETTERED,

	/** Pairs of a targeted push that were taken over HTTP. */
	PAIRS_TAKEN,

	/** Pairs for which jobs were published. */
	PAIRS_QUEUED,

	/** Pairs whose user had no device. */
	PAIRS_NO_DEVICES,

	/** Pairs whose article does not exist. */
	PAIRS_NO_ARTICLE,

	/** Pairs whose article was not to be had. */
	PAIRS_GIVEN_UP,

	/** Pairs that were worth showing no longer. */
	PAIRS_EXPIRED,

	/** Pairs of a campaign that was cancelled first. */
	PAIRS_CANCELLED;

	/** Every way in which a job ends. */
	static final List<CampaignCounter> ENDINGS = List.of(ACCEPTED, TOKEN_INVALID, REJECTED, EXPIRED, DEAD_LETTERED);

	/** The counter of jobs that ended so. */
	public static CampaignCounter of(DeliveryOutcome outcome) {
		return switch (outcome) {
			case ACCEPTED -> ACCEPTED;
			case TOKEN_INVALID -> TOKEN_INVALID;
			case REJECTED -> REJECTED;
			case EXPIRED -> EXPIRED;
			case DEAD_LETTERED -> DEAD_LETTERED;
		};
	}

	/** The name of its column. */
	String column() {
		return name().toLowerCase(Locale.ROOT);
	}

}
