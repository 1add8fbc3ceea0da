package dev.herald.benchmarks.backlog;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.CombinedGoals;
import dev.herald.benchmarks.CostTable;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.Broadcast;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.house.MeasuredPlan;
import dev.herald.benchmarks.load.HttpLoad;
import dev.herald.benchmarks.load.Notifications;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.systemtests.Audience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Notifications to one provider that have gathered while the push worker stood still:
 * what the worker does then is consume, push and report, and nothing else. In turns,
 * three times each.
 */
public final class BacklogBenchmark implements Benchmark {

	private static final Target SLOW_FCM = Target
		.atLeast("backlog: FCM pushes a second of one worker, replies after 50 ms", 10_000, "/s");

	private static final Duration WARM_UP_PATIENCE = Duration.ofMinutes(15);

	private static final Audience WARM_UP = Audience.ofOneApplication("warm", 20_000_000, Provider.values());

	@Override
	public String name() {
		return "backlog";
	}

	@Override
	public String question() {
		return "how fast one worker works off what waits, and what it costs to consume, push and report";
	}

	@Override
	public List<Target> targets() {
		return List.of(SLOW_FCM);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws Exception {
		List<ApplicationId> applications = new ArrayList<>(List.of(WARM_UP.application(0)));
		Arrays.stream(Backlog.values()).map(backlog -> backlog.audience.application(0)).forEach(applications::add);
		try (MeasuredHouse house = new MeasuredHouse(context,
				MeasuredPlan.of(applications.toArray(ApplicationId[]::new)));
				HttpLoad load = HttpLoad.to(house.api().uri(), Notifications.SENDERS)) {
			return result(house, measure(context, house, load));
		}
	}

	private static Map<Backlog, List<BacklogRun>> measure(BenchmarkContext context, MeasuredHouse house, HttpLoad load)
			throws InterruptedException {
		int users = context.size().of(2000, 100_000);
		for (Backlog backlog : Backlog.values()) {
			backlog.audience.register(house.tokenDatabase(), users);
		}
		warmUp(context, house);
		Map<Backlog, List<BacklogRun>> runs = new EnumMap<>(Backlog.class);
		long taken = 0;
		long refused = 0;
		// The first round is not counted: what it is the first to do is compiled then.
		for (int round = 0; round <= context.size().of(1, 3); round++) {
			for (Backlog backlog : Backlog.values()) {
				context.say("%s, round %d", backlog.title, round);
				BacklogRun run = run(context, house, load, backlog, users);
				taken += run.jobs();
				refused += run.refused();
				if (round > 0) {
					runs.computeIfAbsent(backlog, first -> new ArrayList<>()).add(run);
				}
			}
		}
		house.ledger().requireAccepted(taken, refused);
		return runs;
	}

	/** At full speed the JIT is busy for minutes. */
	private static void warmUp(BenchmarkContext context, MeasuredHouse house) {
		int devices = context.size().of(4000, 1_000_000);
		context.say("warming up");
		WARM_UP.register(house.tokenDatabase(), devices);
		Broadcast broadcast = Broadcast.post(house, WARM_UP.application(0));
		broadcast.awaitEnd(WARM_UP_PATIENCE);
		broadcast.requireAccepted(devices);
	}

	private static BacklogRun run(BenchmarkContext context, MeasuredHouse house, HttpLoad load, Backlog backlog,
			int users) throws InterruptedException {
		house.emulators().behave();
		if (!backlog.latency.isZero()) {
			house.emulators().delayAnswers(Provider.FCM, backlog.latency);
		}
		return BacklogRun.of(house, load, new Notifications(house, backlog.audience, users),
				Collections.min(List.of(context.seconds(2, 10), BacklogRun.LONGEST_GATHERING)));
	}

	private static BenchmarkResult result(MeasuredHouse house, Map<Backlog, List<BacklogRun>> runs) {
		Table rates = Table.of("pushes a second of one worker", "backlog", "jobs", "first to last arrival");
		Chart chart = Chart.of("pushes of one worker, first to last arrival", "a second");
		BacklogRun fcm = median(runs, Backlog.FCM);
		BacklogRun apns = median(runs, Backlog.APNS);
		CostTable costs = new CostTable("backlog", fcm.usage().cpuMicros().keySet());
		for (Backlog backlog : Backlog.values()) {
			BacklogRun run = median(runs, backlog);
			rates.row(backlog.title, run.jobs(), run.perSecond());
			chart.bar(backlog.title, run.perSecond());
			costs.row(backlog.title, run.usage(), run.jobs());
		}
		BenchmarkResult.Builder result = BenchmarkResult.builder()
			.table(rates)
			.table(costs.table())
			.chart(chart)
			.goal(SLOW_FCM.measured(median(runs, Backlog.FCM_LATE).perSecond()))
			.figure(CombinedGoals.WORKER_FCM, fcm.perPush(MeasuredHouse.WORKER))
			.figure(CombinedGoals.WORKER_APNS, apns.perPush(MeasuredHouse.WORKER))
			.note("Of each backlog the round whose worker cost the median for a push.")
			.note("From when the worker goes on until its last job is recorded; how jobs came into the queue is not in"
					+ " it.");
		house.describe(result);
		return result.build();
	}

	private static BacklogRun median(Map<Backlog, List<BacklogRun>> runs, Backlog backlog) {
		List<BacklogRun> rounds = new ArrayList<>(runs.getOrDefault(backlog, List.of()));
		rounds.sort(Comparator.comparingDouble(run -> run.perPush(MeasuredHouse.WORKER)));
		return rounds.get(rounds.size() / 2);
	}

	/** What waits, and how late its provider answers. */
	private enum Backlog {

		FCM("FCM", Audience.ofOneApplication("fcm", 40_000_000, Provider.FCM), Duration.ZERO),
		APNS("APNs", Audience.ofOneApplication("apns", 50_000_000, Provider.APNS), Duration.ZERO),
		FCM_LATE("FCM, replies after 50 ms", Audience.ofOneApplication("late", 60_000_000, Provider.FCM),
				Duration.ofMillis(50));

		private final String title;

		private final Audience audience;

		private final Duration latency;

		Backlog(String title, Audience audience, Duration latency) {
			this.title = title;
			this.audience = audience;
			this.latency = latency;
		}

	}

}
