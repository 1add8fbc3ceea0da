package dev.herald.api.campaign;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast one chain of a broadcast may go.
 *
 * @param perSecond its share of the campaign's pushes a second; infinite for no limit
 */
record Pace(double perSecond) {

	/**
	 * The largest page: about what one claim is worth in time, and small enough to be
	 * repeated without harm.
	 */
	static final int LARGEST_PAGE = 500;

	private static final Duration FIRST_STEP = Duration.ofSeconds(1);

	/**
	 * The pace of each of so many chains at this moment: the rate is split over those
	 * that are not finished, and reached gradually.
	 * @param peak what a campaign without a rate ramps up to
	 * @param left what there is for broadcasts beside the requests of others
	 */
	static Pace of(Campaign campaign, int chains, int peak, double left, Instant now) {
		Integer rate = campaign.ratePerSecond();
		double full = rate == null ? left : Math.min(rate, left);
		double reached = (rate == null ? peak : rate) / share(campaign, now);
		return new Pace(Math.min(full, reached) / Math.max(1, chains));
	}

	/** By how much the rate is still divided; 0 once that is over. */
	private static double share(Campaign campaign, Instant now) {
		Duration rampUp = campaign.rampUp();
		Instant from = campaign.rampedFrom();
		if (rampUp == null || from == null) {
			return 0;
		}
		long elapsed = Math.max(FIRST_STEP.toMillis(), Duration.between(from, now).toMillis());
		return elapsed >= rampUp.toMillis() ? 0 : (double) rampUp.toMillis() / elapsed;
	}

	/** How many devices make a page: about a second's worth. */
	int page() {
		return (int) Math.clamp(Math.round(perSecond), 1, LARGEST_PAGE);
	}

	/** How long so many devices take. */
	Duration timeFor(int devices) {
		return Duration.ofMillis((long) Math.ceil(devices * 1000 / perSecond));
	}

}
