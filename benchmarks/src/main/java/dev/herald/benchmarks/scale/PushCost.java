package dev.herald.benchmarks.scale;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one push costs.
 *
 * @param kind what kind of push: {@code single} or {@code campaign}
 * @param cpuMicros CPU µs of each part
 * @param queueRate how many messages a second one quorum queue takes and gives, which is
 * the work of one Erlang process and therefore of one core
 */
record PushCost(String kind, Map<Part, Double> cpuMicros, double queueRate) {

	/**
	 * @throws IllegalArgumentException if a part's cost is missing or not positive, or
	 * the rate is not positive
	 */
	PushCost {
		cpuMicros = Map.copyOf(new EnumMap<>(cpuMicros));
		for (Part part : Part.values()) {
			requirePositive(kind + ", CPU µs per push of " + part.title(), cpuMicros.getOrDefault(part, Double.NaN));
		}
		requirePositive("messages a second through one queue", queueRate);
	}

	private static void requirePositive(String name, double value) {
		if (!(value > 0 && Double.isFinite(value))) {
			throw new IllegalArgumentException(name + " must be positive, but was " + value);
		}
	}

	double micros(Part part) {
		return cpuMicros.getOrDefault(part, Double.NaN);
	}

	/** CPU µs of all parts together. */
	double total() {
		return cpuMicros.values().stream().mapToDouble(Double::doubleValue).sum();
	}

}
