package dev.herald.worker.campaign;

import dev.herald.common.campaign.BroadcastLink;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What this worker has done for broadcasts: {@code herald.campaign.pages} and
 * {@code herald.campaign.jobs.queued}, by application and provider;
 * {@code herald.campaign.links.delayed}, how often a link had to wait, by reason. Safe
 * for use by many threads.
 */
final class CampaignMetrics {

	private final MeterRegistry meters;

	CampaignMetrics(MeterRegistry meters) {
		this.meters = meters;
	}

	void expanded(BroadcastLink link, int jobs) {
		counted("herald.campaign.pages", link, 1);
		counted("herald.campaign.jobs.queued", link, jobs);
	}

	void delayed(LinkEnding.Reason reason) {
		meters.counter("herald.campaign.links.delayed", "reason", reason.tag()).increment();
	}

	private void counted(String name, BroadcastLink link, int amount) {
		meters.counter(name, "application", link.applicationId().value(), "provider", link.provider().value())
			.increment(amount);
	}

}
