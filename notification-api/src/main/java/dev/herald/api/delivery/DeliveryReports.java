package dev.herald.api.delivery;

import dev.herald.api.delivery.Delivery.Job;
import dev.herald.common.push.DeliveryReport;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes reports of how jobs ended into the books. A report that is repeated counts once,
 * in the table and in the metrics.
 */
final class DeliveryReports {

	/** The most reports taken at once. */
	static final int BATCH_SIZE = 500;

	private final JdbcDeliveries deliveries;

	private final MeterRegistry meters;

	DeliveryReports(JdbcDeliveries deliveries, MeterRegistry meters) {
		this.deliveries = deliveries;
		this.meters = meters;
	}

	/**
	 * Takes a batch.
	 * @throws org.springframework.dao.DataAccessException if it was not kept, or not
	 * whole; it may be taken again
	 */
	void take(List<DeliveryReport> reports) {
		for (Change change : deliveries.keep(onePerJob(reports))) {
			count(change);
		}
	}

	private static Collection<Delivery> onePerJob(List<DeliveryReport> reports) {
		Map<Job, Delivery> byJob = new HashMap<>();
		for (DeliveryReport report : reports) {
			Delivery delivery = Delivery.of(report);
			byJob.merge(delivery.job(), delivery,
					(earlier, later) -> later.supersedes(earlier.outcome(), earlier.endedAt()) ? later : earlier);
		}
		return byJob.values();
	}

	private void count(Change change) {
		Delivery delivery = change.delivery();
		String application = delivery.applicationId().value();
		String provider = delivery.provider().value();
		String outcome = delivery.outcome().value();
		switch (change) {
			case Change.Ended ended -> meters
				.counter("herald.jobs.ended", "application", application, "provider", provider, "outcome", outcome)
				.increment();
			case Change.Revised revised ->
				meters
					.counter("herald.jobs.revised", "application", application, "provider", provider, "from",
							revised.from().value(), "to", outcome)
					.increment();
		}
	}

}
