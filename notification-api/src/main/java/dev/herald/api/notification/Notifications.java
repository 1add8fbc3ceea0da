package dev.herald.api.notification;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The notifications taken within the time that they are kept. Safe for use by many
 * threads.
 */
public interface Notifications {

	/** The most that {@link #page} and {@link #ofCampaign} return. */
	int MAX_PAGE = 101;

	/**
	 * Keeps a notification, before its jobs are published: it is then known as soon as
	 * its sender is. One of the same id is replaced: it is the same request, repeated.
	 * Never blocks; notifications that arrive together share a statement.
	 * @return completes once it is kept; fails with a
	 * {@link org.springframework.dao.DataAccessException} or with
	 * {@link dev.herald.base.coalesce.TooManyWaitingException}
	 */
	CompletableFuture<?> keep(Notification notification);

	/**
	 * Marks a notification as not accepted after all. Never blocks. A notification that
	 * was repeated meanwhile, and so has another {@code acceptedAt}, stays as it is.
	 */
	CompletableFuture<?> withdraw(NotificationId id, Instant acceptedAt);

	/**
	 * Keeps notifications of targeted pushes, on the worker pool and in the caller's
	 * transaction there, if it has one. One that is kept already gets the status and
	 * targets given here.
	 * @param notifications 1 to {@value dev.herald.api.sql.RowList#MAX_ROWS}
	 */
	void keepPairs(List<Notification> notifications);

	/**
	 * Those of these that are kept, seen on the worker pool and in the caller's
	 * transaction there, if it has one.
	 * @param ids 1 to {@value dev.herald.api.sql.RowList#MAX_ROWS}
	 */
	Map<NotificationId, Notification> pairs(Collection<NotificationId> ids);

	/** The notification of this id, if it is kept. */
	Optional<Notification> find(NotificationId id);

	/**
	 * The newest notifications, newest first.
	 * @param user whose, or null for everyone's
	 * @param application those that reach this application, which those to every
	 * application do; or null for all
	 * @param limit how many at most, 1 to {@value #MAX_PAGE}
	 */
	List<Notification> page(@Nullable UserId user, @Nullable ApplicationId application, IdRange range, int limit);

	/**
	 * The newest notifications of a targeted push, newest first; none of a broadcast,
	 * which is not kept for each user.
	 * @param limit how many at most, 1 to {@value #MAX_PAGE}
	 */
	List<Notification> ofCampaign(CampaignId campaign, IdRange range, int limit);

	/**
	 * Forgets notifications older than the moment.
	 * @param limit how many at most
	 * @return how many were forgotten
	 */
	int deleteBefore(Instant moment, int limit);

}
