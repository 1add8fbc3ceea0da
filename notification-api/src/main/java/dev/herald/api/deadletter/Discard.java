package dev.herald.api.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;

/** Dead letters that an operator has no more use for. */
final class Discard implements Disposal {

	private final MeterRegistry meters;

	private List<KeptDeadLetter> batch = List.of();

	private int discarded;

	Discard(MeterRegistry meters) {
		this.meters = meters;
	}

	@Override
	public Collection<Long> dispose(List<KeptDeadLetter> letters) {
		batch = List.copyOf(letters);
		return batch.stream().map(KeptDeadLetter::id).toList();
	}

	@Override
	public void removed() {
		discarded += batch.size();
		batch.forEach(kept -> DeadLetterMetrics.count(meters, "herald.dead.letters.discarded", kept));
	}

	int discarded() {
		return discarded;
	}

}
