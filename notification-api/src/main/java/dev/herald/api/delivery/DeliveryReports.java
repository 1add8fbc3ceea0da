package dev.herald.api.delivery;

import dev.herald.common.push.DeliveryReport;
import java.util.List;

/**
 * Takes reports of how jobs ended into the books. A report that is repeated counts once,
 * in the table and in the metrics.
 */
final class DeliveryReports {

	/** The most reports taken at once. */
	static final int BATCH_SIZE = 500;

	private final JdbcDeliveries deliveries;

	private final JobMeters counted;

	DeliveryReports(JdbcDeliveries deliveries, JobMeters counted) {
		this.deliveries = deliveries;
		this.counted = counted;
	}

	/**
	 * Takes a batch.
	 * @throws org.springframework.dao.DataAccessException if it was not kept, or not
	 * whole; it may be taken again
	 */
	void take(List<DeliveryReport> reports) {
		for (Change change : deliveries.keep(Delivery.onePerJob(reports))) {
			counted.count(change);
		}
	}

}
