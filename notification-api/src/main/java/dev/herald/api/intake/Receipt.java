package dev.herald.api.intake;

import dev.herald.api.notification.NotificationStatus;
import dev.herald.common.identity.NotificationId;

/**
 * The answer to {@code POST /notification}.
 *
 * @param devices to how many devices it goes
 * @param status {@code queued}, or {@code no_devices}
 */
record Receipt(NotificationId notificationId, int devices, String status) {

	static Receipt of(NotificationId id, int devices) {
		return new Receipt(id, devices,
				(devices == 0 ? NotificationStatus.NO_DEVICES : NotificationStatus.QUEUED).value());
	}

}
