package dev.herald.benchmarks.scale;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.benchmarks.limits.LimitsBenchmark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what other benchmarks left in their results: the first table of each that has the
 * columns "process" and "CPU µs per push".
 */
final class MeasuredCosts {

	private static final String PROCESS = "process";

	private static final String MICROS = "CPU µs per push";

	private MeasuredCosts() {
	}

	/**
	 * What a push of each kind costs.
	 * @param results the folder of the results
	 * @throws IllegalStateException if a result is not there, or lacks what is needed;
	 * the message says which benchmark to run
	 */
	static List<PushCost> read(Path results) {
		double queueRate = queueRate(results);
		return List.of(cost("single", results, queueRate), cost("campaign", results, queueRate));
	}

	private static double queueRate(Path results) {
		JsonNode rate = json(results, "limits").path("figures").path(LimitsBenchmark.QUEUE_RATE);
		if (!rate.isNumber()) {
			throw missing("limits", results, "the figure \"%s\"".formatted(LimitsBenchmark.QUEUE_RATE));
		}
		return rate.doubleValue();
	}

	private static PushCost cost(String benchmark, Path results, double queueRate) {
		for (JsonNode table : json(results, benchmark).path("tables")) {
			List<String> columns = table.path("columns").valueStream().map(JsonNode::asString).toList();
			if (columns.contains(PROCESS) && columns.contains(MICROS)) {
				return cost(benchmark, results, queueRate, table.path("rows"), columns);
			}
		}
		throw missing(benchmark, results, "a table with the columns \"%s\" and \"%s\"".formatted(PROCESS, MICROS));
	}

	private static PushCost cost(String benchmark, Path results, double queueRate, JsonNode rows,
			List<String> columns) {
		Map<Part, Double> micros = new EnumMap<>(Part.class);
		for (JsonNode row : rows) {
			Optional<Part> part = Part.named(row.get(columns.indexOf(PROCESS)).asString());
			JsonNode cost = row.get(columns.indexOf(MICROS));
			if (part.isPresent() && cost.isNumber()) {
				micros.merge(part.get(), cost.doubleValue(), Double::sum);
			}
		}
		for (Part part : Part.values()) {
			if (!micros.containsKey(part)) {
				throw missing(benchmark, results, "the cost of a push at " + part.title());
			}
		}
		return new PushCost(benchmark, micros, queueRate);
	}

	private static JsonNode json(Path results, String benchmark) {
		Path file = results.resolve(benchmark + ".json");
		if (!Files.exists(file)) {
			throw missing(benchmark, results, "that file");
		}
		return JsonMapper.shared().readTree(file);
	}

	private static IllegalStateException missing(String benchmark, Path results, String what) {
		return new IllegalStateException("%s/%s.json must have %s: run benchmarks/run %s first"
			.formatted(results.getFileName(), benchmark, what, benchmark));
	}

}
