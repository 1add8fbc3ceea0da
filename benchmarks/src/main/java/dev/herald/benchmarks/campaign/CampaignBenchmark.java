package dev.herald.benchmarks.campaign;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.CostTable;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.house.MeasuredPlan;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.systemtests.Audience;
import dev.herald.systemtests.ContentServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Broadcasts to both providers, to FCM only, to APNs only, and to an FCM whose replies
 * take 50 ms; then a targeted push. Each to an application of its own, one after the
 * other, after one that nobody counts.
 */
public final class CampaignBenchmark implements Benchmark {

	private static final Target RATE = Target.atLeast("campaign: pushes a second, half FCM and half APNs", 8000, "/s");

	private static final Target HEAP = Target
		.atMost("campaign: services that a heap of 256 MB did not suffice at full speed", 0, "");

	private static final Audience WARM_UP = Audience.ofOneApplication("warm", 20_000_000, Provider.values());

	private static final Audience BOTH = Audience.ofOneApplication("both", 30_000_000, Provider.values());

	private static final Audience FCM = Audience.ofOneApplication("fcm", 40_000_000, Provider.FCM);

	private static final Audience APNS = Audience.ofOneApplication("apns", 50_000_000, Provider.APNS);

	private static final Audience TARGETED = Audience.ofOneApplication("targeted", 60_000_000, Provider.values());

	private static final Duration SLOW = Duration.ofMillis(50);

	private static final int ARTICLES = 500;

	@Override
	public String name() {
		return "campaign";
	}

	@Override
	public String question() {
		return "how many pushes a second a broadcast and a targeted push make, and what each costs";
	}

	@Override
	public List<Target> targets() {
		return List.of(RATE, HEAP);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws Exception {
		MeasuredPlan plan = MeasuredPlan.of(Stream.of(WARM_UP, BOTH, FCM, APNS, TARGETED)
			.map(audience -> audience.application(0))
			.toArray(ApplicationId[]::new));
		try (ContentServer content = ContentServer.start();
				MeasuredHouse house = new MeasuredHouse(context, plan.withContentService(content.url()))) {
			return measure(context, house);
		}
	}

	private static BenchmarkResult measure(BenchmarkContext context, MeasuredHouse house) throws InterruptedException {
		// The JIT is busy for some three minutes at full speed, and what it takes is not
		// a push's.
		int warm = context.size().of(4000, 1_200_000);
		int devices = context.size().of(6000, 200_000);
		int ofOne = context.size().of(4000, 100_000);
		WARM_UP.register(house.tokenDatabase(), warm);
		BOTH.register(house.tokenDatabase(), devices);
		FCM.register(house.tokenDatabase(), ofOne);
		APNS.register(house.tokenDatabase(), ofOne);
		TARGETED.register(house.tokenDatabase(), ofOne);
		broadcast(context, house, "warm-up", WARM_UP, warm);
		// The first one to another application has the JIT compile a part of it anew.
		broadcast(context, house, "warm-up, another application", BOTH, devices);
		List<CampaignRun> runs = new ArrayList<>();
		CampaignRun both = broadcast(context, house, "broadcast, half FCM and half APNs", BOTH, devices);
		CampaignRun fcm = broadcast(context, house, "broadcast, FCM only", FCM, ofOne);
		CampaignRun apns = broadcast(context, house, "broadcast, APNs only", APNS, ofOne);
		house.emulators().delayAnswers(Provider.FCM, SLOW);
		CampaignRun slow = broadcast(context, house, "broadcast, FCM only, replies after 50 ms", FCM, ofOne);
		house.emulators().behave();
		context.say("targeted push");
		CampaignRun targeted = new TargetedRun(house, TARGETED).run("targeted, half FCM and half APNs", ofOne,
				ARTICLES);
		runs.addAll(List.of(both, fcm, apns, slow, targeted));
		house.requireAlive();
		return result(house, runs, both);
	}

	private static CampaignRun broadcast(BenchmarkContext context, MeasuredHouse house, String name, Audience audience,
			int devices) {
		context.say("%s", name);
		return CampaignRun.broadcast(name, house, audience.application(0), devices);
	}

	private static BenchmarkResult result(MeasuredHouse house, List<CampaignRun> runs, CampaignRun both) {
		Table rates = Table.of("pushes a second", "campaign", "jobs", "repeated", "first to last arrival",
				"request to end");
		Chart chart = Chart.of("pushes, first to last arrival", "a second");
		BenchmarkResult.Builder result = BenchmarkResult.builder().table(rates).table(costs(runs)).table(memory(both));
		for (CampaignRun run : runs) {
			rates.row(run.name(), run.jobs(), run.repeated(), run.perSecond(), run.perSecondWhole());
			chart.bar(run.name(), run.perSecond());
		}
		result.chart(chart).chart(both.usage().chart("cost of a broadcast, half FCM and half APNs", both.jobs()));
		result.goal(RATE.measured(both.perSecond())).goal(HEAP.measured(0));
		result.note("A broadcast starts three seconds after its request; \"request to end\" has these in it.")
			.note("One push worker; a service that runs out of its heap of 256 MB ends, and the benchmark fails.");
		house.describe(result);
		return result.build();
	}

	private static Table costs(List<CampaignRun> runs) {
		CostTable costs = new CostTable("campaign", runs.getFirst().usage().cpuMicros().keySet());
		runs.forEach(run -> costs.row(run.name(), run.usage(), run.jobs()));
		return costs.table();
	}

	private static Table memory(CampaignRun run) {
		Table table = Table.of("memory after a broadcast", "process", "MB");
		run.usage().residentMegabytes().forEach(table::row);
		return table;
	}

}
