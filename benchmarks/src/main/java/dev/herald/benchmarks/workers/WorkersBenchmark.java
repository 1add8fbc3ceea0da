package dev.herald.benchmarks.workers;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.Broadcast;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.house.MeasuredPlan;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.systemtests.Audience;
import dev.herald.systemtests.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One broadcast with one, two and four workers, to providers that take 100 ms for each
 * answer. What a worker may have in flight is so little that waiting, and not the CPU, is
 * what bounds the rate.
 */
public final class WorkersBenchmark implements Benchmark {

	private static final Target DOUBLING = Target
		.atLeast("workers: times the rate for each doubling, the lesser of two", 1.9, "");

	private static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	private static final Audience AUDIENCE = new Audience("workers", List.of(RIDER), List.of(Provider.values()),
			90_000_000);

	private static final Duration ANSWER = Duration.ofMillis(100);

	/** Of each provider. Four workers so stay below what two cores can do. */
	private static final int IN_FLIGHT = 10;

	private static final int PER_WORKER_AND_SECOND = (int) (IN_FLIGHT * Provider.values().length
			* Duration.ofSeconds(1).dividedBy(ANSWER));

	private static final List<Integer> COUNTS = List.of(1, 2, 4);

	@Override
	public String name() {
		return "workers";
	}

	@Override
	public String question() {
		return "whether the rate doubles with the workers, with providers that answer in 100 ms";
	}

	@Override
	public List<Target> targets() {
		return List.of(DOUBLING);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws Exception {
		// For every count as long: so many devices that four workers take that long, and
		// for fewer workers the broadcast is cancelled on the way; and more, since they
		// are also what a new worker warms up with.
		int seconds = (int) context.seconds(5, 40).toSeconds();
		int devices = PER_WORKER_AND_SECOND * COUNTS.getLast()
				* (2 * seconds + (int) context.seconds(10, 70).toSeconds());
		MeasuredPlan plan = MeasuredPlan.of(RIDER)
			.withWorkerProperties(Map.of("herald.worker.max-in-flight", IN_FLIGHT));
		try (MeasuredHouse house = new MeasuredHouse(context, plan)) {
			AUDIENCE.register(house.tokenDatabase(), devices);
			return measure(context, house, seconds);
		}
	}

	private static BenchmarkResult measure(BenchmarkContext context, MeasuredHouse house, int seconds) {
		Table table = Table.of("pushes a second", "workers", "pushes a second", "times that of half of them",
				"cores busy, everything");
		BenchmarkResult.Builder result = BenchmarkResult.builder().table(table);
		Chart chart = Chart.of("pushes", "a second");
		double least = Double.POSITIVE_INFINITY;
		double last = Double.NaN;
		int running = 1;
		for (int count : COUNTS) {
			while (running < count) {
				house.addWorker();
				running++;
			}
			house.awaitReady();
			context.say("workers: %d", count);
			warmUp(house);
			Rate rate = rate(context, house, seconds);
			double ratio = rate.perSecond() / last;
			least = Double.isNaN(ratio) ? least : Math.min(least, ratio);
			table.row(count, rate.perSecond(), ratio, rate.usage.cores());
			String workers = count + (count == 1 ? " worker" : " workers");
			chart.bar(workers, rate.perSecond());
			result.table(rate.usage.table("cost with " + workers, rate.pushes));
			last = rate.perSecond();
		}
		result.chart(chart)
			.goal(DOUBLING.measured(least))
			.note("Each worker may have %d pushes of each of two providers in flight, which is at most %d a second."
				.formatted(IN_FLIGHT, PER_WORKER_AND_SECOND));
		house.describe(result);
		return result.build();
	}

	/**
	 * At full speed: what a worker does ten times a second is compiled for minutes, and
	 * the CPU that this takes would be the limit.
	 */
	private static void warmUp(MeasuredHouse house) {
		house.emulators().behave();
		Broadcast.post(house, RIDER).awaitEnd(Duration.ofMinutes(5));
	}

	/** Measured once the number in flight has found its bound. */
	private static Rate rate(BenchmarkContext context, MeasuredHouse house, int seconds) {
		for (Provider each : Provider.values()) {
			house.emulators().delayAnswers(each, ANSWER);
		}
		house.emulators().forget();
		Broadcast broadcast = Broadcast.post(house, RIDER);
		house.await("a broadcast must begin", Duration.ofMinutes(1), () -> house.emulators().count() > 0);
		Pause.of(context.seconds(5, 20));
		CpuMeter meter = house.meter();
		CpuMeter.Reading before = meter.read();
		int first = house.emulators().count();
		Pause.of(Duration.ofSeconds(seconds));
		int last = house.emulators().count();
		CpuMeter.Usage usage = meter.read().since(before);
		broadcast.cancelMidway(Duration.ofMinutes(3));
		return new Rate(last - first, usage);
	}

	private record Rate(int pushes, CpuMeter.Usage usage) {

		double perSecond() {
			return pushes / usage.seconds();
		}

	}

}
