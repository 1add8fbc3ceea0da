package dev.herald.api.delivery;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.common.push.DeliveryOutcome;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts how jobs ended: {@code herald.jobs.ended}, once for each job, and
 * {@code herald.jobs.revised}, where one that had ended came to end otherwise. Safe for
 * use by many threads.
 */
public final class JobMeters {

	private final MeterRegistry meters;

	JobMeters(MeterRegistry meters) {
		this.meters = meters;
	}

	/** A change to what was known. */
	public void count(Change change) {
		Delivery delivery = change.delivery();
		switch (change) {
			case Change.Ended ended -> ended(delivery.applicationId(), delivery.provider(), delivery.outcome());
			case Change.Revised revised -> meters
				.counter("herald.jobs.revised", "application", delivery.applicationId().value(), "provider",
						delivery.provider().value(), "from", revised.from().value(), "to", delivery.outcome().value())
				.increment();
		}
	}

	/** A job that was pending ended. */
	public void ended(ApplicationId application, Provider provider, DeliveryOutcome outcome) {
		meters
			.counter("herald.jobs.ended", "application", application.value(), "provider", provider.value(), "outcome",
					outcome.value())
			.increment();
	}

}
