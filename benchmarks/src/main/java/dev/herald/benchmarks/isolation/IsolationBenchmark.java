package dev.herald.benchmarks.isolation;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.Median;
import dev.herald.benchmarks.Percentiles;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.Broadcast;
import dev.herald.benchmarks.house.Landings;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.house.MeasuredPlan;
import dev.herald.benchmarks.load.HttpLoad;
import dev.herald.benchmarks.load.Notifications;
import dev.herald.benchmarks.load.Samples;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.systemtests.Audience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Windows in turn, in one run: first a few urgent requests a second, with nothing else to
 * do and during a broadcast to another application; then that broadcast, with the
 * providers of the first application well and hanging, in a house where broadcasts do not
 * give way to requests: how fast one that does may go differs more from window to window
 * than any provider could make it.
 */
public final class IsolationBenchmark implements Benchmark {

	private static final Target API = Target.atMost("isolation: the API's p99 during a campaign, times that when idle",
			1.5, "");

	private static final Target URGENT = Target
		.atMost("isolation: p99 of urgent pushes during a campaign, times that when idle", 3, "");

	private static final Target OTHER = Target
		.atLeast("isolation: one application's rate while another's providers hang, of that before", 0.95, "");

	private static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	private static final ApplicationId DRIVER = new ApplicationId("com.acme.driver");

	private static final Audience URGENT_AUDIENCE = new Audience("urgent", List.of(RIDER), List.of(Provider.values()),
			70_000_000);

	private static final Audience CROWD = new Audience("crowd", List.of(DRIVER), List.of(Provider.values()),
			80_000_000);

	private static final int USERS = 1000;

	private static final int CONNECTIONS = 32;

	/**
	 * Half of them send, half of them ask. With four times as many, two cores are as good
	 * as full before the broadcast begins, and idle is not idle.
	 */
	private static final double PER_SECOND = 50;

	/** To the application whose providers hang: enough to fill whatever it can fill. */
	private static final double TO_HANGING_PER_SECOND = 50;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** A broadcast is under way when this many of its pushes have arrived. */
	private static final int UNDER_WAY = 500;

	@Override
	public String name() {
		return "isolation";
	}

	@Override
	public String question() {
		return "what a campaign does to what is urgent, and one application's dead providers to another";
	}

	@Override
	public List<Target> targets() {
		return List.of(API, URGENT, OTHER);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws Exception {
		BenchmarkResult.Builder result = BenchmarkResult.builder();
		MeasuredPlan plan = MeasuredPlan.of(RIDER, DRIVER);
		inHouse(context, plan, run -> run.urgentRequests(result));
		inHouse(context, plan.withApiProperties(Map.of("herald.campaigns.give-way", false)),
				run -> run.rateOfTheOther(result));
		return result.build();
	}

	private static void inHouse(BenchmarkContext context, MeasuredPlan plan, Part part) throws Exception {
		try (MeasuredHouse house = new MeasuredHouse(context, plan)) {
			URGENT_AUDIENCE.register(house.tokenDatabase(), USERS);
			CROWD.register(house.tokenDatabase(), context.size().of(30_000, 800_000));
			try (HttpLoad load = HttpLoad.to(house.api().uri(), CONNECTIONS)) {
				Run run = new Run(context, house, load);
				run.warmUp();
				part.measure(run);
				run.awaitBooks();
			}
		}
	}

	/** What is measured in one house. */
	private interface Part {

		void measure(Run run) throws InterruptedException;

	}

	/** A house under measurement. */
	private static final class Run {

		private final BenchmarkContext context;

		private final MeasuredHouse house;

		private final HttpLoad load;

		private final Notifications notifications;

		private final int rounds;

		private final Duration window;

		private long jobs;

		private long refused;

		Run(BenchmarkContext context, MeasuredHouse house, HttpLoad load) {
			this.context = context;
			this.house = house;
			this.load = load;
			this.notifications = new Notifications(house, URGENT_AUDIENCE, USERS);
			this.rounds = context.size().of(1, 3);
			this.window = context.seconds(3, 15);
		}

		void urgentRequests(BenchmarkResult.Builder result) throws InterruptedException {
			UrgentWindow idle = new UrgentWindow();
			UrgentWindow during = new UrgentWindow();
			List<Double> beside = new ArrayList<>();
			for (int round = 1; round <= rounds; round++) {
				context.say("round %d of %d: idle and during a campaign", round, rounds);
				urgentWhenIdle(idle);
				beside.add(urgentDuringCampaign(during));
				context.say("GET p99 %.0f ms idle, %.0f during a broadcast of %.0f a second", idle.gets().millis(99),
						during.gets().millis(99), beside.getLast());
			}
			describe(idle, during, Median.of(beside), result);
		}

		void rateOfTheOther(BenchmarkResult.Builder result) throws InterruptedException {
			List<Double> well = new ArrayList<>();
			List<Double> hanging = new ArrayList<>();
			for (int round = 1; round <= rounds; round++) {
				context.say("round %d of %d: providers well and hanging", round, rounds);
				well.add(rateOfTheOther(false));
				hanging.add(rateOfTheOther(true));
			}
			describe(Median.of(well), Median.of(hanging), result);
		}

		void warmUp() throws InterruptedException {
			context.say("warming up");
			// First at full speed. Beside requests it is so slow that its code would be
			// compiled minutes later, on the cores that the requests need.
			Broadcast broadcast = underWay();
			Thread.sleep(context.seconds(3, 45));
			broadcast.cancelMidway(PATIENCE);
			// As they are answered: a service that has just started would fall behind a
			// rate.
			count(load.closedLoop(notifications::postOrGet, context.seconds(3, 120)));
			broadcast = underWay();
			count(load.closedLoop(notifications::postOrGet, context.seconds(3, 60)));
			broadcast.cancelMidway(PATIENCE);
		}

		private void urgentWhenIdle(UrgentWindow idle) throws InterruptedException {
			house.emulators().forget();
			Samples samples = load.openLoop(notifications::postOrGet, PER_SECOND, window);
			count(samples);
			house.await("urgent notifications must arrive", PATIENCE,
					() -> house.emulators().count() >= samples.jobs());
			idle.add(samples, house.emulators().landings());
		}

		/** How fast the broadcast went. */
		private double urgentDuringCampaign(UrgentWindow during) throws InterruptedException {
			Broadcast broadcast = underWay();
			long began = System.nanoTime();
			Samples samples = load.openLoop(notifications::postOrGet, PER_SECOND, window);
			long ended = System.nanoTime();
			count(samples);
			broadcast.cancelMidway(PATIENCE);
			awaitLedger();
			Landings landings = house.emulators().landings();
			during.add(samples, landings);
			return rateOfTheCrowd(landings, began, ended);
		}

		private Broadcast underWay() {
			house.emulators().forget();
			Broadcast broadcast = Broadcast.post(house, DRIVER);
			house.await("a broadcast must begin", PATIENCE, () -> house.emulators().count() >= UNDER_WAY);
			return broadcast;
		}

		/** How many pushes of the broadcast arrived in a second of a window. */
		private double rateOfTheOther(boolean hanging) throws InterruptedException {
			Broadcast broadcast = underWay();
			if (hanging) {
				for (Provider each : Provider.values()) {
					house.emulators().hang(each, RIDER.value());
				}
			}
			long began = System.nanoTime();
			count(load.openLoop(notifications::post, TO_HANGING_PER_SECOND, window));
			long ended = System.nanoTime();
			house.emulators().behave();
			broadcast.cancelMidway(PATIENCE);
			awaitLedger();
			return rateOfTheCrowd(house.emulators().landings(), began, ended);
		}

		private static double rateOfTheCrowd(Landings landings, long began, long ended) {
			long arrived = landings.between(began, ended, landing -> landings.token(landing) >= CROWD.firstToken());
			return arrived / ((ended - began) / 1e9);
		}

		private void count(Samples samples) {
			jobs += samples.jobs();
			refused += samples.refused();
		}

		private void awaitLedger() {
			house.await("every urgent notification must end", PATIENCE, () -> house.ledger().ended() >= jobs);
		}

		void awaitBooks() {
			awaitLedger();
			house.ledger().requireAccepted(jobs, refused);
		}

		private void describe(UrgentWindow idle, UrgentWindow during, double beside, BenchmarkResult.Builder result) {
			Table table = Table.of("urgent requests", "", "requests", "idle p50 ms", "idle p99 ms", "campaign p50 ms",
					"campaign p99 ms", "p99 ratio");
			Chart chart = Chart.of("p99", "ms");
			double posts = row(table, chart, "POST /notification, answer", idle.posts(), during.posts());
			double gets = row(table, chart, "GET /notifications, answer", idle.gets(), during.gets());
			double urgent = row(table, chart, "urgent push, to its provider", idle.toProvider(), during.toProvider());
			result.table(table)
				.chart(chart)
				.goal(API.measured(Math.max(posts, gets)))
				.goal(URGENT.measured(urgent))
				.note("%d rounds of windows of %d s, in turns; the rates are medians over the rounds.".formatted(rounds,
						window.toSeconds()))
				.note("The API's ratio is the greater of those of POST and GET.")
				.note("The campaign gave way: it made %,.0f pushes a second beside the urgent requests."
					.formatted(beside));
			house.describe(result);
		}

		private static void describe(double well, double hanging, BenchmarkResult.Builder result) {
			result
				.table(Table
					.of("one application's broadcast, which does not give way", "beside it", "pushes a second", "ratio")
					.row("a few to another application", well, 1.0)
					.row("the same, its providers hanging", hanging, hanging / well))
				.chart(Chart.of("one application's broadcast", "pushes a second")
					.bar("the other's providers well", well)
					.bar("the other's providers hanging", hanging))
				.goal(OTHER.measured(hanging / well));
		}

		private static double row(Table table, Chart chart, String name, Percentiles idle, Percentiles during) {
			double ratio = during.millis(99) / idle.millis(99);
			table.row(name, idle.count() + during.count(), idle.millis(50), idle.millis(99), during.millis(50),
					during.millis(99), ratio);
			chart.bar(name + ", idle", idle.millis(99)).bar(name + ", during a campaign", during.millis(99));
			return ratio;
		}

	}

}
