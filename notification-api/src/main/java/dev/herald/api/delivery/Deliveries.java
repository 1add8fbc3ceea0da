package dev.herald.api.delivery;

import dev.herald.common.identity.NotificationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How jobs ended, one entry for each job that did. Safe for use by many threads. */
public interface Deliveries {

	/** The deliveries of some notifications; a job that is still pending has none. */
	Map<NotificationId, List<Delivery>> of(Collection<NotificationId> notifications);

	/**
	 * The deliveries of some jobs of broadcasts, of which only those that were not
	 * accepted are here; {@link #of} would give those of everyone.
	 */
	List<Delivery> ofJobs(Collection<Delivery.Job> jobs);

	/**
	 * Forgets deliveries of notifications older than the moment.
	 * @param limit how many at most
	 * @return how many were forgotten
	 */
	int deleteBefore(Instant moment, int limit);

}
