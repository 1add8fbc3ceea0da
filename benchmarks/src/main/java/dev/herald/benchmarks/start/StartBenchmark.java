package dev.herald.benchmarks.start;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.Median;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.house.MeasuredPlan;
import dev.herald.common.identity.ApplicationId;
import dev.herald.systemtests.ServiceProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Further instances of each service of a running house, started one after the other, with
 * the AOT cache of their images and without, in turns.
 */
public final class StartBenchmark implements Benchmark {

	private static final Target READY = Target
		.atMost("start: seconds until the slowest service is ready, with its image's AOT cache", 4, "s");

	private static final List<String> SERVICES = List.of(MeasuredHouse.TOKEN_STORE, MeasuredHouse.API,
			MeasuredHouse.WORKER);

	@Override
	public String name() {
		return "start";
	}

	@Override
	public String question() {
		return "how soon a service is ready, and what memory it has then, with and without an AOT cache";
	}

	@Override
	public List<Target> targets() {
		return List.of(READY);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws Exception {
		int rounds = context.size().of(1, 3);
		Map<String, List<Start>> starts = new LinkedHashMap<>();
		try (MeasuredHouse house = new MeasuredHouse(context, MeasuredPlan.of(new ApplicationId("com.acme.rider")))) {
			for (int round = 1; round <= rounds; round++) {
				context.say("round %d of %d", round, rounds);
				for (String service : SERVICES) {
					for (boolean withCache : new boolean[] { false, true }) {
						starts.computeIfAbsent(row(service, withCache), absent -> new ArrayList<>())
							.add(start(house, service, withCache));
					}
				}
			}
			return result(house, starts, rounds);
		}
	}

	private static String row(String service, boolean withCache) {
		return service + (withCache ? ", AOT cache" : ", no cache");
	}

	private static Start start(MeasuredHouse house, String service, boolean withCache) {
		try (ServiceProcess process = house.another(service, withCache)) {
			long began = System.nanoTime();
			process.start();
			process.awaitReady();
			return new Start((System.nanoTime() - began) / 1e9, process.residentMegabytes());
		}
	}

	private static BenchmarkResult result(MeasuredHouse house, Map<String, List<Start>> starts, int rounds) {
		Table table = Table.of("starts", "service", "ready after s", "memory then MB");
		Chart seconds = Chart.of("ready", "s");
		Chart memory = Chart.of("memory when ready", "MB");
		starts.forEach((row, each) -> {
			table.row(row, Median.of(each.stream().map(Start::seconds).toList()),
					Median.of(each.stream().map(start -> (double) start.megabytes).toList()));
			seconds.bar(row, Median.of(each.stream().map(Start::seconds).toList()));
			memory.bar(row, Median.of(each.stream().map(start -> (double) start.megabytes).toList()));
		});
		double slowest = SERVICES.stream()
			.mapToDouble(service -> Median
				.of(starts.getOrDefault(row(service, true), List.of()).stream().map(Start::seconds).toList()))
			.max()
			.orElse(Double.NaN);
		BenchmarkResult.Builder result = BenchmarkResult.builder()
			.table(table)
			.chart(seconds)
			.chart(memory)
			.goal(READY.measured(slowest))
			.note("Medians of %d starts each, on -Xmx256m, beside a house that has nothing to do.".formatted(rounds))
			.note("Ready is when /readyz answers 200, asked every 100 ms.");
		house.describe(result);
		return result.build();
	}

	private record Start(double seconds, long megabytes) {
	}

}
