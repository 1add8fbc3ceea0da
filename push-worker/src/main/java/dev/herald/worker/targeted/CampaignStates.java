package dev.herald.worker.targeted;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.herald.base.http.ServiceAnswer;
import dev.herald.base.http.ServiceClient;
import dev.herald.base.http.ServiceException;
import dev.herald.common.campaign.CampaignState;
import dev.herald.common.identity.CampaignId;
import java.time.Duration;

/**
 * What campaigns are doing, as the notification API said within the last second: so a
 * pause or an end takes effect within two. Safe for use by many threads.
 */
final class CampaignStates {

	private static final Duration BELIEVED = Duration.ofSeconds(1);

	private static final int MOST_KEPT = 1000;

	private final ServiceClient service;

	private final Duration timeout;

	private final LoadingCache<CampaignId, Answer> answers = Caffeine.newBuilder()
		.expireAfterWrite(BELIEVED)
		.maximumSize(MOST_KEPT)
		.build(this::ask);

	/** What the notification API says of a campaign. */
	sealed interface Answer {

		/** It is this. */
		record Known(CampaignState state) implements Answer {
		}

		/** There is none of this id, or no longer. */
		record Unknown() implements Answer {
		}

		/** Nobody says. */
		record Away(String reason) implements Answer {
		}

	}

	/**
	 * @param timeout how long an answer may take
	 */
	CampaignStates(ServiceClient service, Duration timeout) {
		this.service = service;
		this.timeout = timeout;
	}

	/** The state of a campaign; blocks while it is asked for, within its time limit. */
	Answer of(CampaignId campaign) {
		return answers.get(campaign);
	}

	private Answer ask(CampaignId campaign) {
		try {
			ServiceAnswer answer = service.get("/internal/campaigns/" + campaign, timeout);
			return answer.status() == 404 ? new Answer.Unknown() : new Answer.Known(answer.read(CampaignState.class));
		}
		catch (ServiceException ex) {
			return new Answer.Away("of campaign %s nothing is known: %s".formatted(campaign, ex.getMessage()));
		}
	}

}
