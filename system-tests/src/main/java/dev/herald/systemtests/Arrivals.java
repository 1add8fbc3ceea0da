package dev.herald.systemtests;

import dev.herald.common.identity.NotificationId;
import dev.herald.emulators.ProviderEmulators;
import dev.herald.emulators.pushes.ReceivedPush;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the providers accepted since the house was opened, by notification and device: the
 * providers' side of the books. Safe for use by several threads.
 */
public final class Arrivals {

	private final Map<String, AtDevices> byNotification = new ConcurrentHashMap<>();

	private final Set<String> tokens = ConcurrentHashMap.newKeySet();

	private Arrivals() {
	}

	/** Listens to both providers from now on. */
	static Arrivals at(ProviderEmulators emulators) {
		Arrivals arrivals = new Arrivals();
		emulators.pushes().listen(arrivals::record);
		return arrivals;
	}

	private void record(ReceivedPush push) {
		String notification = push.notificationId();
		if (push.accepted() && notification != null) {
			byNotification.computeIfAbsent(notification, absent -> new AtDevices())
				.record(push.token(), System.nanoTime());
			tokens.add(push.token());
		}
	}

	/** Whether the device with this token accepted anything. */
	boolean reached(String token) {
		return tokens.contains(token);
	}

	/** On how many devices a notification was accepted. */
	public int devices(NotificationId notification) {
		return firsts(notification).size();
	}

	/** How many times it was accepted by a device that had accepted it already. */
	public int repeats(NotificationId notification) {
		AtDevices arrived = byNotification.get(notification.toString());
		return arrived == null ? 0 : arrived.repeats();
	}

	/**
	 * When it was accepted first on each device that it was accepted on, by
	 * {@link System#nanoTime()}.
	 */
	Collection<Long> firsts(NotificationId notification) {
		AtDevices arrived = byNotification.get(notification.toString());
		return arrived == null ? List.of() : arrived.firsts();
	}

	private static final class AtDevices {

		private final Map<String, Long> firstByToken = new HashMap<>(4);

		private int repeats;

		synchronized void record(String token, long nanos) {
			if (firstByToken.putIfAbsent(token, nanos) != null) {
				repeats++;
			}
		}

		synchronized int repeats() {
			return repeats;
		}

		synchronized List<Long> firsts() {
			return List.copyOf(firstByToken.values());
		}

	}

}
