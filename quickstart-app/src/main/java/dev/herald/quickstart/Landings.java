package dev.herald.quickstart;

import dev.herald.common.identity.DeviceToken;
import dev.herald.common.identity.NotificationId;
import dev.herald.emulators.pushes.ReceivedPush;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pushes that landed at the emulators. Safe for use by many threads. */
final class Landings {

	private final List<ReceivedPush> pushes = new CopyOnWriteArrayList<>();

	void add(ReceivedPush push) {
		pushes.add(push);
	}

	long count(DeviceToken token) {
		return pushes.stream().filter(push -> push.token().equals(token.value())).count();
	}

	long accepted() {
		return pushes.stream().filter(ReceivedPush::accepted).count();
	}

	Optional<Instant> at(NotificationId notification, DeviceToken token) {
		return pushes.stream()
			.filter(push -> push.token().equals(token.value())
					&& Objects.equals(push.notificationId(), notification.toString()))
			.map(ReceivedPush::receivedAt)
			.findFirst();
	}

}
