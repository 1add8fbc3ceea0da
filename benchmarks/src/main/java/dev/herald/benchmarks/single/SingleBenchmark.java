package dev.herald.benchmarks.single;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.house.MeasuredPlan;
import dev.herald.benchmarks.load.HttpLoad;
import dev.herald.benchmarks.load.Notifications;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.systemtests.Audience;
import java.time.Duration;
import java.util.List;

/**
 * Notifications to users with one device each, half of them at FCM and half at APNs:
 * first as fast as they are taken, then at half of the rate that this gave, then a few.
 */
public final class SingleBenchmark implements Benchmark {

	private static final Target RATE = Target.atLeast("single: notifications a second, recorded, nothing lost", 4000,
			"/s");

	private static final Target HALF_LOAD = Target.atMost("single: p99 from request to provider at half of that rate",
			30, "ms");

	private static final Target IDLE = Target.atMost("single: p50 from request to provider when idle", 6, "ms");

	private static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	private static final Audience AUDIENCE = new Audience("single", List.of(RIDER), List.of(Provider.values()),
			10_000_000);

	private static final double IDLE_PER_SECOND = 10;

	/**
	 * How many times as long as a figure is measured: on two cores the JIT is busy for
	 * minutes. At half of the rate it is so again: fewer requests share a look-up then,
	 * so that the token store has more to do, and its code is compiled only now.
	 */
	private static final int WARM_UP = 6;

	@Override
	public String name() {
		return "single";
	}

	@Override
	public String question() {
		return "how many notifications to one device each go through in a second, and how soon";
	}

	@Override
	public List<Target> targets() {
		return List.of(RATE, HALF_LOAD, IDLE);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws Exception {
		int users = context.size().of(2000, 100_000);
		Duration measured = context.seconds(5, 40);
		try (MeasuredHouse house = new MeasuredHouse(context, MeasuredPlan.of(RIDER))) {
			AUDIENCE.register(house.tokenDatabase(), users);
			Notifications notifications = new Notifications(house, AUDIENCE, users);
			try (HttpLoad load = HttpLoad.to(house.api().uri(), Notifications.SENDERS)) {
				context.say("warming up");
				Phase warm = Phase.run(house,
						() -> load.closedLoop(notifications::post, measured.multipliedBy(WARM_UP)));
				Phase warmAtHalf = Phase.run(house,
						() -> load.openLoop(notifications::post, warm.perSecond() / 2, measured.multipliedBy(WARM_UP)));
				context.say("as fast as it goes");
				Phase most = Phase.run(house, () -> load.closedLoop(notifications::post, measured));
				context.say("at half of %,.0f a second", most.perSecond());
				Phase half = Phase.run(house, () -> load.openLoop(notifications::post, most.perSecond() / 2, measured));
				context.say("at %.0f a second", IDLE_PER_SECOND);
				Phase idle = Phase.run(house, () -> load.openLoop(notifications::post, IDLE_PER_SECOND, measured));
				checkBooks(house, List.of(warm, warmAtHalf, most, half, idle));
				return result(house, most, half, idle);
			}
		}
	}

	private static void checkBooks(MeasuredHouse house, List<Phase> phases) {
		house.ledger()
			.requireAccepted(phases.stream().mapToLong(Phase::jobs).sum(),
					phases.stream().mapToLong(Phase::refused).sum());
	}

	private static BenchmarkResult result(MeasuredHouse house, Phase most, Phase half, Phase idle) {
		Table rates = Table.of("rates and latencies", "load", "taken", "refused", "recorded a second", "sent a second",
				"to provider p50 ms", "p99 ms", "p99.9 ms", "answer p50 ms", "p99 ms ");
		Chart latencies = Chart.of("from request to provider", "ms");
		row(rates, latencies, "as fast as it goes", most);
		row(rates, latencies, "half of that rate", half);
		row(rates, latencies, "10 a second", idle);
		BenchmarkResult.Builder result = BenchmarkResult.builder()
			.table(rates)
			.table(most.usage().table("cost as fast as it goes", (double) most.jobs()))
			.table(half.usage().table("cost at half of that rate", (double) half.jobs()))
			.chart(Chart.of("notifications, recorded", "a second").bar("as fast as it goes", most.perSecond()))
			.chart(latencies)
			.chart(most.usage().chart("cost as fast as it goes", (double) most.jobs()))
			.goal(RATE.measured(most.perSecond()))
			.goal(HALF_LOAD.measured(half.toProvider().millis(99)))
			.goal(IDLE.measured(idle.toProvider().millis(50)))
			.note("A second of the rate begins with the first request and ends when the last job is recorded.")
			.note("A request at a fixed rate counts from when it was due.");
		house.describe(result);
		return result.build();
	}

	private static void row(Table rates, Chart latencies, String load, Phase phase) {
		rates.row(load, phase.jobs(), phase.refused(), phase.perSecond(), phase.perSecondSent(),
				phase.toProvider().millis(50), phase.toProvider().millis(99), phase.toProvider().millis(99.9),
				phase.answers().millis(50), phase.answers().millis(99));
		latencies.bar(load + ", p50", phase.toProvider().millis(50));
		latencies.bar(load + ", p99", phase.toProvider().millis(99));
	}

}
