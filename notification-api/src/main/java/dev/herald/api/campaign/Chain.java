package dev.herald.api.campaign;

import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * A chain of a broadcast, as {@code campaign_chain} holds it.
 *
 * @param publications how often its link was given to the broker since it was last
 * claimed
 */
record Chain(CampaignId campaignId, int number, ApplicationId applicationId, Provider provider, long rangeEnd,
		long expandedTo, boolean finished, int publications, Instant publishedAt, Instant dueAt, Instant claimedUntil) {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** Doubled so often it is years. */
	private static final int MOST_DOUBLINGS = 20;

	static Chain first(CampaignId campaign, int number, ApplicationId application, Provider provider, long after,
			long rangeEnd, Instant now) {
		return new Chain(campaign, number, application, provider, rangeEnd, after, false, 0, now,
				now.plus(turn(number)), now);
	}

	/**
	 * With a rate, a chain has a page about every second: in step they would push all at
	 * once, and then nothing. By the golden ratio, any number of chains is spread evenly.
	 */
	private static Duration turn(int number) {
		return Duration.ofMillis(number * 618L % 1000);
	}

	BroadcastLink link() {
		return BroadcastLink.of(campaignId, number, applicationId, provider, expandedTo);
	}

	/**
	 * Whether its link is to be given to the broker: it never was, or nobody has claimed
	 * it although they could. That it waits for room is more likely than that it was
	 * lost, so each time takes twice as long: the links of a chain grow with the
	 * logarithm of the time it waits.
	 */
	boolean wantsLink(Instant now) {
		if (publications == 0) {
			return true;
		}
		Instant since = Collections.max(List.of(publishedAt, dueAt, claimedUntil));
		return since.plus(PATIENCE.multipliedBy(1L << Math.min(publications - 1, MOST_DOUBLINGS))).isBefore(now);
	}

}
