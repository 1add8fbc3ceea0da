package dev.herald.emulators.pushes;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the pushes of one application at one provider. */
final class PushCounter {

	private final LongAdder accepted = new LongAdder();

	private final LongAdder repeated = new LongAdder();

	private final ConcurrentHashMap<String, LongAdder> outcomes = new ConcurrentHashMap<>();

	void count(String outcome, boolean wasAccepted, boolean wasRepeat) {
		if (wasAccepted) {
			this.accepted.increment();
		}
		if (wasRepeat) {
			this.repeated.increment();
		}
		LongAdder known = this.outcomes.get(outcome);
		((known != null) ? known : this.outcomes.computeIfAbsent(outcome, (absent) -> new LongAdder())).increment();
	}

	PushCounts snapshot(Provider provider, String application) {
		Map<String, Long> counts = new TreeMap<>();
		this.outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
		long received = counts.values().stream().mapToLong(Long::longValue).sum();
		return new PushCounts(provider, application, received, this.accepted.sum(), this.repeated.sum(), counts);
	}

}
