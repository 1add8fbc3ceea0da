package dev.herald.benchmarks.scale;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.benchmarks.limits.LimitsBenchmark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what other benchmarks left in their results: of {@code single} the first table
 * with the columns "process" and "CPU µs per push", of {@code campaign} the first row of
 * the table "CPU µs per push", which has a column for each process.
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
		return List.of(cost("single", results, queueRate, perProcess(results)),
				cost("campaign", results, queueRate, perCampaign(results)));
	}

	private static double queueRate(Path results) {
		JsonNode rate = json(results, "limits").path("figures").path(LimitsBenchmark.QUEUE_RATE);
		if (!rate.isNumber()) {
			throw missing("limits", results, "the figure \"%s\"".formatted(LimitsBenchmark.QUEUE_RATE));
		}
		return rate.doubleValue();
	}

	/** A row for each process. */
	private static Map<String, JsonNode> perProcess(Path results) {
		Map<String, JsonNode> costs = new LinkedHashMap<>();
		for (JsonNode table : json(results, "single").path("tables")) {
			List<String> columns = columns(table);
			if (costs.isEmpty() && columns.contains(PROCESS) && columns.contains(MICROS)) {
				table.path("rows")
					.forEach(row -> costs.put(row.path(columns.indexOf(PROCESS)).asString(),
							row.path(columns.indexOf(MICROS))));
			}
		}
		return costs;
	}

	/** A column for each process. */
	private static Map<String, JsonNode> perCampaign(Path results) {
		Map<String, JsonNode> costs = new LinkedHashMap<>();
		for (JsonNode table : json(results, "campaign").path("tables")) {
			if (table.path("title").asString("").equals(MICROS)) {
				List<String> columns = columns(table);
				columns.forEach(column -> costs.put(column, table.path("rows").path(0).path(columns.indexOf(column))));
			}
		}
		return costs;
	}

	private static List<String> columns(JsonNode table) {
		return table.path("columns").valueStream().map(JsonNode::asString).toList();
	}

	private static PushCost cost(String benchmark, Path results, double queueRate, Map<String, JsonNode> costs) {
		Map<Part, Double> micros = new EnumMap<>(Part.class);
		costs.forEach((process, cost) -> Part.named(process)
			.filter(part -> cost.isNumber())
			.ifPresent(part -> micros.merge(part, cost.doubleValue(), Double::sum)));
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
