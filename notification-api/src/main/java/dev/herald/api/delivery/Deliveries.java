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
	 * Forgets deliveries of notifications older than the moment.
	 * @param limit how many at most
	 * @return how many were forgotten
	 */
	int deleteBefore(Instant moment, int limit);

}
