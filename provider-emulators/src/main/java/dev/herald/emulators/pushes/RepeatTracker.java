package dev.herald.emulators.pushes;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers which notifications each device accepted, up to a number of pairs. Pairs that
 * come after that are not tracked, and {@link #overflowed()} says so.
 */
final class RepeatTracker {

	private final int capacity;

	private final ConcurrentHashMap<Key, Integer> accepted = new ConcurrentHashMap<>();

	private final AtomicInteger tracked = new AtomicInteger();

	private volatile boolean overflowed;

	RepeatTracker(int capacity) {
		this.capacity = capacity;
	}

	boolean isRepeat(Provider provider, String application, String token, String id) {
		if (this.capacity == 0) {
			return false;
		}
		Key key = new Key(provider, application, token, id);
		if (this.tracked.get() >= this.capacity && !this.accepted.containsKey(key)) {
			this.overflowed = true;
			return false;
		}
		int times = this.accepted.merge(key, 1, Integer::sum);
		if (times == 1) {
			this.tracked.incrementAndGet();
		}
		return times > 1;
	}

	List<RepeatedPush> repeated(int limit) {
		return this.accepted.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 1)
			.limit(limit)
			.map(RepeatTracker::toRepeatedPush)
			.toList();
	}

	private static RepeatedPush toRepeatedPush(Map.Entry<Key, Integer> entry) {
		Key key = entry.getKey();
		return new RepeatedPush(key.provider(), key.application(), key.token(), key.id(), entry.getValue());
	}

	boolean overflowed() {
		return this.overflowed;
	}

	private record Key(Provider provider, String application, String token, String id) {
	}

}
