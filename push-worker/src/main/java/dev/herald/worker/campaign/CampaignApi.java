package dev.herald.worker.campaign;

import dev.herald.base.http.ServiceClient;
import dev.herald.base.http.ServiceException;
import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.campaign.LinkClaim;
import dev.herald.common.campaign.PageDone;
import java.time.Duration;

/**
 * Asks the notification API how far the chains of broadcasts are. Calls block until there
 * is an answer or the time limit has passed. Safe for use by many threads.
 */
final class CampaignApi {

	private final ServiceClient service;

	private final Duration timeout;

	/**
	 * @param timeout how long an answer may take
	 */
	CampaignApi(ServiceClient service, Duration timeout) {
		this.service = service;
		this.timeout = timeout;
	}

	/**
	 * Asks for the page that a link is the order for. If it is granted, nobody else gets
	 * it for some seconds.
	 * @throws ServiceException if there is no usable answer within the time limit; it may
	 * have been granted all the same
	 */
	LinkClaim claim(BroadcastLink link) {
		return service.post(path(link) + "/claim?after=" + link.after(), null, timeout).read(LinkClaim.class);
	}

	/**
	 * Says that a link's page was expanded. Said twice, it counts once.
	 * @throws ServiceException if the API has not said within the time limit that it
	 * knows
	 */
	void done(BroadcastLink link, PageDone done) {
		service.post(path(link) + "/done", done, timeout).requireSuccess();
	}

	private static String path(BroadcastLink link) {
		return "/internal/campaigns/%s/chains/%d".formatted(link.campaignId(), link.chain());
	}

}
