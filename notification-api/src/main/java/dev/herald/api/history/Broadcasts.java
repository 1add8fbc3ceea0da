package dev.herald.api.history;

import dev.herald.api.delivery.Delivery.Job;
import dev.herald.api.notification.IdRange;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.RegistrationId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The broadcasts within the time that they are kept, by their notifications' ids. Nothing
 * here is longer than the broadcasts or the registrations asked for, however many devices
 * a broadcast has. Safe for use by many threads.
 */
interface Broadcasts {

	/** How many campaigns a slice looks at; targeted pushes are among them. */
	int SLICE = 100;

	/** The newest broadcasts. */
	Slice<NotificationId> newest(IdRange range);

	/** The newest broadcasts in an application. */
	Slice<NotificationId> newest(ApplicationId application, IdRange range);

	/** Whether this is a broadcast. */
	boolean exists(NotificationId id);

	/** Whether a broadcast is in an application. */
	boolean isIn(ApplicationId application, NotificationId id);

	/** The broadcasts of these ids, as many as are kept, in no order. */
	List<Broadcast> find(Collection<NotificationId> ids);

	/**
	 * The jobs that some broadcasts have queued for some registrations, and whether the
	 * provider has accepted each.
	 */
	Map<Job, Boolean> jobs(Collection<NotificationId> ids, Collection<RegistrationId> registrations);

}
