package dev.herald.worker.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The figures of one lane: {@code herald.pushes} (attempts that are over, by outcome),
 * {@code herald.push.latency} (from handing a push to the provider to its answer),
 * {@code herald.pushes.in.flight} and how many of these are allowed
 * ({@code herald.pushes.limit}) and how fast they may follow each other
 * ({@code herald.pushes.rate.limit}, a second), {@code herald.lane.paused} (1 while it
 * is), {@code herald.jobs.poison}. Safe for use by many threads.
 */
final class LaneMetrics implements AutoCloseable {

	private final MeterRegistry registry;

	private final Map<AttemptResult, Counter> results = new EnumMap<>(AttemptResult.class);

	private final Timer latency;

	private final Counter poison;

	private final List<Meter> meters = new ArrayList<>();

	/**
	 * @param lane which one it is at the moment: a lane that is replaced hands its
	 * figures on
	 */
	LaneMetrics(MeterRegistry registry, LaneId id, Supplier<Lane> lane) {
		this.registry = registry;
		Tags tags = Tags.of("application", id.application().value(), "provider", id.provider().value());
		for (AttemptResult result : AttemptResult.values()) {
			results.put(result,
					remembered(Counter.builder("herald.pushes")
						.description("attempts at a push that are over")
						.tags(tags.and("outcome", result.tag()))
						.register(registry)));
		}
		latency = remembered(Timer.builder("herald.push.latency")
			.description("from handing a push to the provider to its answer")
			.publishPercentileHistogram()
			.minimumExpectedValue(Duration.ofMillis(1))
			.maximumExpectedValue(Duration.ofSeconds(30))
			.tags(tags)
			.register(registry));
		poison = remembered(Counter.builder("herald.jobs.poison")
			.description("jobs that could not be read and were set aside")
			.tags(tags)
			.register(registry));
		gauge("herald.pushes.in.flight", "pushes without an answer yet", tags, () -> lane.get().gate().inFlight());
		gauge("herald.pushes.limit", "how many pushes may be without an answer", tags, () -> lane.get().gate().limit());
		gauge("herald.pushes.rate.limit", "how many pushes a second may be sent", tags,
				() -> lane.get().gate().perSecond());
		gauge("herald.lane.paused", "1 while the provider refuses the application", tags,
				() -> isPaused(lane.get().state()) ? 1 : 0);
	}

	private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
		remembered(Gauge.builder(name, value).description(description).tags(tags).register(registry));
	}

	private <M extends Meter> M remembered(M meter) {
		meters.add(meter);
		return meter;
	}

	private static boolean isPaused(LaneState state) {
		return state instanceof LaneState.Paused || state instanceof LaneState.Probing;
	}

	void count(AttemptResult result) {
		Objects.requireNonNull(results.get(result), "every result has its counter").increment();
	}

	void countPoison() {
		poison.increment();
	}

	void answeredAfter(long nanos) {
		latency.record(Duration.ofNanos(nanos));
	}

	/** Takes the figures of a lane that is gone out of the registry. */
	@Override
	public void close() {
		meters.forEach(registry::remove);
	}

}
