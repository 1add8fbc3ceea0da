package dev.herald.api.delivery;

import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.push.DeliveryOutcome;
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
	 * Keeps how jobs ended, on the worker pool and in the caller's transaction there, if
	 * it has one. A job that has ended before is kept once, by the rule of
	 * {@link Delivery#supersedes}.
	 * @param deliveries at most one for each job, 1 to 512
	 * @return the changes to what was known, in no order; two instances that get the same
	 * report at the same moment may both call it the first, unless a lock that both take
	 * keeps them apart
	 */
	List<Change> keep(Collection<Delivery> deliveries);

	/**
	 * Forgets jobs of one notification that turned out to be accepted, where that is kept
	 * elsewhere; on the worker pool and in the caller's transaction there, if it has one.
	 * @param registrations 1 to 512
	 * @return how those that were kept had ended
	 */
	Map<RegistrationId, DeliveryOutcome> supersede(NotificationId notification,
			Collection<RegistrationId> registrations);

	/**
	 * Forgets deliveries of notifications older than the moment.
	 * @param limit how many at most
	 * @return how many were forgotten
	 */
	int deleteBefore(Instant moment, int limit);

}
