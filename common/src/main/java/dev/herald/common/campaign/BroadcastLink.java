package dev.herald.common.campaign;

import static java.util.Objects.requireNonNull;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.Provider;

/**
 * One link of a broadcast's chain: the order to expand the next page of devices. A
 * broadcast is a handful of chains, each over a range of registrations of one application
 * and provider; working a link publishes the next one, so the broker holds what is left
 * to do and any worker goes on after a crash.
 *
 * <p>
 * A link may arrive twice. Whoever works it claims it first at the notification API,
 * which knows how far each chain is and lets only one at a time go on: a chain never
 * forks. It says which job queue it feeds, so that whoever takes it can see whether there
 * is room before it claims it.
 *
 * @param version the form of this message; {@value #VERSION} is the only one yet
 * @param chain the number of the chain within the campaign, from 0
 * @param applicationId whose devices the chain is over
 * @param provider which of them
 * @param after the last registration that was expanded, 0 at first
 */
public record BroadcastLink(int version, CampaignId campaignId, int chain, ApplicationId applicationId,
		Provider provider, long after) {

	/** The form of this message that this code writes. */
	public static final int VERSION = 1;

	/**
	 * @throws NullPointerException if a field is missing, naming it
	 * @throws IllegalArgumentException if the version is another, or a number is negative
	 */
	public BroadcastLink {
		if (version != VERSION) {
			throw new IllegalArgumentException(
					"version of a broadcast link must be %d, but was %d".formatted(VERSION, version));
		}
		requireNonNull(campaignId, "campaign_id is missing");
		requireNonNull(applicationId, "application_id is missing");
		requireNonNull(provider, "provider is missing");
		if (chain < 0 || after < 0) {
			throw new IllegalArgumentException(
					"chain and after must be 0 or more, but were %d and %d".formatted(chain, after));
		}
	}

	/** The link that goes on after a registration. */
	public static BroadcastLink of(CampaignId campaignId, int chain, ApplicationId applicationId, Provider provider,
			long after) {
		return new BroadcastLink(VERSION, campaignId, chain, applicationId, provider, after);
	}

	/** The link of the same chain that goes on after another registration. */
	public BroadcastLink next(long registration) {
		return of(campaignId, chain, applicationId, provider, registration);
	}

}
