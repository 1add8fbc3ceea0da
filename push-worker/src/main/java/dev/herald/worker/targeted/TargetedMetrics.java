package dev.herald.worker.targeted;

import dev.herald.common.campaign.PairEnding;
import dev.herald.common.identity.ApplicationId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The figures of one application's pairs: {@code herald.pairs} (over, by ending),
 * {@code herald.pairs.later} (set aside to come again), {@code herald.pairs.held} and
 * {@code herald.pairs.poison}. Safe for use by many threads.
 */
final class TargetedMetrics implements AutoCloseable {

	private final MeterRegistry registry;

	private final List<Meter> meters = new ArrayList<>();

	private final Map<PairEnding, Counter> endings = new EnumMap<>(PairEnding.class);

	private final Counter later;

	private final Counter poison;

	private final AtomicInteger held = new AtomicInteger();

	TargetedMetrics(MeterRegistry registry, ApplicationId application) {
		this.registry = registry;
		Tags tags = Tags.of("application", application.value());
		for (PairEnding ending : PairEnding.values()) {
			endings.put(ending, counter("herald.pairs", "pairs that are over", tags.and("ending", ending.value())));
		}
		later = counter("herald.pairs.later", "pairs that were set aside to come again", tags);
		poison = counter("herald.pairs.poison", "pairs that could not be read and were set aside", tags);
		meters.add(Gauge.builder("herald.pairs.held", held, AtomicInteger::get)
			.description("pairs that wait in this worker")
			.tags(tags)
			.register(registry));
	}

	private Counter counter(String name, String description, Tags tags) {
		Counter counter = Counter.builder(name).description(description).tags(tags).register(registry);
		meters.add(counter);
		return counter;
	}

	void count(PairEnding ending) {
		Objects.requireNonNull(endings.get(ending), "every ending has its counter").increment();
	}

	void countLater() {
		later.increment();
	}

	void countPoison() {
		poison.increment();
	}

	void held(int pairs) {
		held.set(pairs);
	}

	/** Takes the figures of an application that is gone out of the registry. */
	@Override
	public void close() {
		meters.forEach(registry::remove);
	}

}
