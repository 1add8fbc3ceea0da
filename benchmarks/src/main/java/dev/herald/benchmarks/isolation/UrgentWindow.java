package dev.herald.benchmarks.isolation;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.Percentiles;
import dev.herald.benchmarks.house.Landings;
import dev.herald.benchmarks.load.Notifications;
import dev.herald.benchmarks.load.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Urgent notifications and questions in windows of one kind, put together: idle, or
 * during a campaign.
 */
final class UrgentWindow {

	private final List<Samples> windows = new ArrayList<>();

	private final List<long[]> toProvider = new ArrayList<>();

	private long jobs;

	/**
	 * Adds a window.
	 * @param landings with all of its notifications
	 * @throws BenchmarkFailedException if one was refused, or did not reach its provider
	 */
	void add(Samples samples, Landings landings) {
		BenchmarkFailedException.require(samples.refused() == 0, "every request must be answered with 202 or 200",
				"%d of %d were, %d with 503, %d not at all".formatted(samples.count() - samples.refused(),
						samples.count(), samples.count(503), samples.count(0)));
		Map<UUID, Long> firsts = landings.firsts();
		LongStream.Builder nanos = LongStream.builder();
		for (int sample = 0; sample < samples.count(); sample++) {
			if (samples.isTaken(sample)) {
				Long landed = firsts.get(samples.notification(sample));
				BenchmarkFailedException.require(landed != null, "every urgent notification must reach its provider",
						samples.notification(sample));
				nanos.add((landed == null ? 0 : landed) - samples.beginNanos(sample));
			}
		}
		windows.add(samples);
		toProvider.add(nanos.build().toArray());
		jobs += samples.jobs();
	}

	/** How many jobs were taken. */
	long jobs() {
		return jobs;
	}

	Percentiles posts() {
		return all(windows.stream().map(samples -> samples.answerNanos(Notifications.POST)).toList());
	}

	Percentiles gets() {
		return all(windows.stream().map(samples -> samples.answerNanos(Notifications.GET)).toList());
	}

	Percentiles toProvider() {
		return all(toProvider);
	}

	private static Percentiles all(List<long[]> parts) {
		return Percentiles.ofNanos(parts.stream().flatMapToLong(LongStream::of).toArray());
	}

}
