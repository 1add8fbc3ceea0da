package dev.herald.benchmarks.gorush;

import java.util.Map;
import java.util.UUID;
import java.util.function.IntPredicate;

import dev.herald.benchmarks.gorush.Course.Books;
import dev.herald.benchmarks.house.Landings;
import dev.herald.benchmarks.load.Samples;

/** Herald answers 202 when the push is kept, and every push names its notification. */
final class HeraldBooks implements Books {

	@Override
	public boolean promises(Samples samples, int sample) {
		return samples.isTaken(sample);
	}

	@Override
	public IntPredicate arrived(Samples samples, Landings landings) {
		Map<UUID, Long> firsts = landings.firsts();
		return sample -> firsts.containsKey(samples.notification(sample));
	}

}
