package dev.herald.benchmarks.jmh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.ChildJvm;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs what JMH finds in this module. */
public final class JmhBenchmark implements Benchmark {

	/** What JMH is to find, and to name in this order. */
	private static final List<Class<?>> STATES = List.of(PushJobCodec.class, Routing.class);

	private static final List<String> CLASSIFIERS = List.of("FcmClassification", "ApnsClassification");

	@Override
	public String name() {
		return "jmh";
	}

	@Override
	public String question() {
		return "what is done for every push, in nanoseconds and bytes (JMH)";
	}

	@Override
	public List<Target> targets() {
		return List.of();
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) {
		Path json = context.logs().resolve("jmh.json").toAbsolutePath();
		try (ChildJvm jmh = ChildJvm.start("jmh", context.logs(), List.of(), "org.openjdk.jmh.Main",
				arguments(context, json))) {
			jmh.lines(line -> {
				if (line.startsWith("# Benchmark: ")) {
					context.say(line.substring(2));
				}
			});
		}
		JsonNode results = JsonMapper.shared().readTree(json);
		BenchmarkFailedException.require(results.size() == 11, "JMH must have run 11 benchmarks", results.size());
		return result(results);
	}

	private static List<String> arguments(BenchmarkContext context, Path json) {
		List<String> arguments = new ArrayList<>();
		STATES.forEach(state -> arguments.add(state.getName()));
		CLASSIFIERS.forEach(name -> arguments.add("dev\\.herald\\.worker\\..*" + name));
		int seconds = (int) context.seconds(1, 1).toSeconds();
		String forks = context.size().of(1, 2) + "";
		String iterations = context.size().of(1, 5) + "";
		Collections.addAll(arguments, "-f", forks, "-wi", iterations, "-i", iterations, "-w", seconds + "s", "-r",
				seconds + "s", "-foe", "true", "-prof", "gc", "-rf", "json", "-rff", json.toString());
		return arguments;
	}

	static BenchmarkResult result(JsonNode results) {
		Table table = Table.of("one thread", "operation", "ns", "± ns (99.9 %)", "bytes allocated");
		Chart chart = Chart.of("one operation", "ns");
		for (JsonNode result : results) {
			String operation = operation(result.required("benchmark").asString());
			double score = number(result.required("primaryMetric").required("score"));
			table.row(operation, score, number(result.required("primaryMetric").required("scoreError")),
					number(result.required("secondaryMetrics").path("gc.alloc.rate.norm").path("score")));
			chart.bar(operation, score);
		}
		return BenchmarkResult.builder().table(table).chart(chart).build();
	}

	/** JMH writes NaN as a text. */
	private static double number(JsonNode node) {
		return node.isNumber() ? node.doubleValue() : Double.NaN;
	}

	/** {@code PushJobCodec.read}, without the package. */
	private static String operation(String benchmark) {
		int method = benchmark.lastIndexOf('.');
		return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
	}

}
