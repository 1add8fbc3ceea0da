package dev.herald.api.history;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.delivery.Delivery;
import dev.herald.api.devices.DeviceDirectory;
import dev.herald.api.http.Deadline;
import dev.herald.api.notification.IdRange;
import dev.herald.api.notification.Notification;
import dev.herald.api.notification.Notifications;
import dev.herald.common.device.DeviceQuery;
import dev.herald.common.identity.CampaignId;
import dev.herald.common.identity.NotificationId;
import dev.herald.common.identity.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The past, newest first: what was sent to users, and what was broadcast to everyone,
 * merged by their ids. Safe for use by many threads.
 *
 * <p>
 * Each statement is a range of an index with a limit. What no index knows (a status, a
 * user's part in a campaign) is filtered afterwards; a page gives up looking for more
 * after {@value #ROUNDS} rounds and says where to go on, so it may hold fewer
 * notifications than asked for, or none, and not be the last.
 */
final class Past {

	static final int ROUNDS = 10;

	private final Notifications notifications;

	private final Deliveries deliveries;

	private final PastBroadcasts broadcasts;

	private final DeviceDirectory directory;

	Past(Notifications notifications, Deliveries deliveries, PastBroadcasts broadcasts, DeviceDirectory directory) {
		this.notifications = notifications;
		this.deliveries = deliveries;
		this.broadcasts = broadcasts;
		this.directory = directory;
	}

	/**
	 * Reads a page; blocks.
	 * @throws dev.herald.base.problem.UnavailableException if the token store is needed,
	 * and does not answer in time
	 */
	NotificationPage page(PastQuery query, Deadline deadline) {
		Reading reading = reading(query, deadline);
		List<NotificationView> found = new ArrayList<>();
		IdRange rest = query.range();
		for (int round = 0; round < ROUNDS; round++) {
			Slice<NotificationView> slice = read(reading, rest);
			List<NotificationView> wanted = slice.entries().stream().filter(query::takes).toList();
			int room = query.limit() - found.size();
			found.addAll(wanted.subList(0, Math.min(room, wanted.size())));
			if (wanted.size() > room) {
				return new NotificationPage(found, found.getLast().notificationId());
			}
			if (slice.readTo() == null || found.size() == query.limit()) {
				return new NotificationPage(found, slice.readTo());
			}
			rest = rest.until(slice.readTo());
		}
		return new NotificationPage(found, rest.until());
	}

	private Reading reading(PastQuery query, Deadline deadline) {
		CampaignId campaign = query.campaign();
		UserId user = query.user();
		UserDevices devices = user == null ? null
				: new UserDevices(directory, new DeviceQuery(user, query.application()), deadline);
		boolean broadcast = campaign != null && broadcasts.isBroadcast(campaign);
		return new Reading(query, devices, !broadcast, campaign == null || broadcast);
	}

	private Slice<NotificationView> read(Reading reading, IdRange range) {
		Slice<NotificationView> toUsers = reading.toUsers ? toUsers(reading.query, range) : Slice.whole(List.of());
		NotificationId readTo = toUsers.readTo();
		IdRange asFar = readTo == null ? range : range.from(readTo);
		Slice<NotificationView> toEveryone = reading.toEveryone ? broadcasts.read(reading.query, asFar, reading.devices)
				: Slice.whole(List.of());
		return Slice.merged(List.of(toUsers, toEveryone), NotificationView::notificationId);
	}

	private Slice<NotificationView> toUsers(PastQuery query, IdRange range) {
		int limit = query.limit() + 1;
		return Slice.read(rows(query, range, limit), limit, Notification::id)
			.with(rows -> views(rows.stream().filter(query::takes).toList()));
	}

	/**
	 * The notifications of a user are few and those of a campaign many, so of both the
	 * user's are read.
	 */
	private List<Notification> rows(PastQuery query, IdRange range, int limit) {
		CampaignId campaign = query.campaign();
		return campaign != null && query.user() == null ? notifications.ofCampaign(campaign, range, limit)
				: notifications.page(query.user(), query.application(), range, limit);
	}

	private List<NotificationView> views(List<Notification> rows) {
		Map<NotificationId, List<Delivery>> ended = deliveries.of(rows.stream().map(Notification::id).toList());
		return rows.stream()
			.map(row -> NotificationView.withoutDevices(row, ended.getOrDefault(row.id(), List.of())))
			.toList();
	}

	/** What one request reads from. */
	private record Reading(PastQuery query, @Nullable UserDevices devices, boolean toUsers, boolean toEveryone) {
	}

}
