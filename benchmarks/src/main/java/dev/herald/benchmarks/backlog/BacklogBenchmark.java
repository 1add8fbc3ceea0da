package dev.herald.benchmarks.backlog;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.CostTable;
import dev.herald.benchmarks.Median;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.Broadcast;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.house.MeasuredPlan;
import dev.herald.benchmarks.limits.LibraryAlone;
import dev.herald.benchmarks.limits.LibraryReport;
import dev.herald.benchmarks.load.HttpLoad;
import dev.herald.benchmarks.load.Notifications;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.systemtests.Audience;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Notifications to one provider that have gathered while the push worker stood still:
 * what the worker does then is consume, push and report, and nothing else. Beside it each
 * provider's library by itself, on a JVM like the worker's and against the same
 * emulators. In turns, three times each.
 */
public final class BacklogBenchmark implements Benchmark {

	private static final Target SLOW_FCM = Target
		.atLeast("backlog: FCM pushes a second of one worker, replies after 50 ms", 10_000, "/s");

	private static final Target APNS_BESIDE_PUSHY = Target
		.atMost("backlog: the push worker's CPU per push to APNs, times that of pushy alone", 3, "");

	private static final Target FCM_BESIDE_FIREBASE = Target.atMost(
			"backlog: the push worker's CPU per push to FCM, times that of firebase-admin alone (best transport)", 1.4,
			"");

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
		return List.of(SLOW_FCM, APNS_BESIDE_PUSHY, FCM_BESIDE_FIREBASE);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws Exception {
		List<ApplicationId> applications = new ArrayList<>(List.of(WARM_UP.application(0)));
		Arrays.stream(Backlog.values()).map(backlog -> backlog.audience.application(0)).forEach(applications::add);
		try (MeasuredHouse house = new MeasuredHouse(context,
				MeasuredPlan.of(applications.toArray(ApplicationId[]::new)));
				HttpLoad load = HttpLoad.to(house.api().uri(), Notifications.SENDERS)) {
			Rounds rounds = new Rounds(new EnumMap<>(Backlog.class), new LinkedHashMap<>());
			measure(context, house, load, rounds);
			return result(house, rounds);
		}
	}

	private static void measure(BenchmarkContext context, MeasuredHouse house, HttpLoad load, Rounds rounds)
			throws InterruptedException, IOException, GeneralSecurityException {
		int users = context.size().of(2000, 100_000);
		for (Backlog backlog : Backlog.values()) {
			backlog.audience.register(house.tokenDatabase(), users);
		}
		warmUp(context, house);
		long taken = 0;
		long refused = 0;
		int counted = context.size().of(1, 3);
		// A broadcast does not do all that a backlog needs: the worker's CPU for a
		// push to APNs halves within three rounds and falls on until the eighth.
		int warmUp = context.size().of(1, 7);
		for (int round = 1 - warmUp; round <= counted; round++) {
			for (Backlog backlog : Backlog.values()) {
				context.say("%s, %s", backlog.title, round > 0 ? "round " + round : "warming up");
				BacklogRun run = run(context, house, load, backlog, users);
				taken += run.jobs();
				refused += run.refused();
				if (round > 0) {
					rounds.backlogs.computeIfAbsent(backlog, first -> new ArrayList<>()).add(run);
				}
			}
			if (round > 0) {
				alone(context, house, rounds);
			}
		}
		house.ledger().requireAccepted(taken, refused);
	}

	private static void alone(BenchmarkContext context, MeasuredHouse house, Rounds rounds)
			throws IOException, GeneralSecurityException {
		for (LibraryAlone library : List.of(LibraryAlone.FIREBASE, LibraryAlone.PUSHY)) {
			context.say("%s, alone", library.title());
			rounds.libraries.computeIfAbsent(library, first -> new ArrayList<>())
				.add(library.measure(house.emulators(), WARM_UP.application(0).value(), context));
		}
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

	private static BenchmarkResult result(MeasuredHouse house, Rounds rounds) {
		Table rates = Table.of("pushes a second of one worker", "backlog", "jobs", "first to last arrival");
		Chart chart = Chart.of("pushes of one worker, first to last arrival", "a second");
		BacklogRun fcm = rounds.median(Backlog.FCM);
		BacklogRun apns = rounds.median(Backlog.APNS);
		double toFcm = fcm.perPush(MeasuredHouse.WORKER);
		double toApns = apns.perPush(MeasuredHouse.WORKER);
		double firebase = rounds.median(LibraryAlone.FIREBASE).clientMicrosPerPush();
		double pushy = rounds.median(LibraryAlone.PUSHY).clientMicrosPerPush();
		CostTable costs = new CostTable("backlog", fcm.usage().cpuMicros().keySet());
		for (Backlog backlog : Backlog.values()) {
			BacklogRun run = rounds.median(backlog);
			rates.row(backlog.title, run.jobs(), run.perSecond());
			chart.bar(backlog.title, run.perSecond());
			costs.row(backlog.title, run.usage(), run.jobs());
		}
		BenchmarkResult.Builder result = BenchmarkResult.builder()
			.table(rates)
			.table(costs.table())
			.table(Table
				.of("beside the libraries", "provider", "library alone, CPU µs per push", "push worker", "times")
				.row("FCM", firebase, toFcm, toFcm / firebase)
				.row("APNs", pushy, toApns, toApns / pushy))
			.table(rounds.table())
			.chart(chart)
			.goal(SLOW_FCM.measured(rounds.median(Backlog.FCM_LATE).perSecond()))
			.goal(APNS_BESIDE_PUSHY.measured(toApns / pushy))
			.goal(FCM_BESIDE_FIREBASE.measured(toFcm / firebase))
			.note("Of each backlog the round whose worker cost the median for a push; of each library the median.")
			.note("The libraries run on a JVM like the worker's, in turns with the backlogs.")
			.note("From when the worker goes on until its last job is recorded; how jobs came into the queue is not in"
					+ " it.");
		house.describe(result);
		return result.build();
	}

	/** What the rounds that count measured. */
	private record Rounds(Map<Backlog, List<BacklogRun>> backlogs, Map<LibraryAlone, List<LibraryReport>> libraries) {

		BacklogRun median(Backlog backlog) {
			return Median.round(backlogs.getOrDefault(backlog, List.of()), run -> run.perPush(MeasuredHouse.WORKER));
		}

		LibraryReport median(LibraryAlone library) {
			return Median.round(libraries.getOrDefault(library, List.of()), LibraryReport::clientMicrosPerPush);
		}

		/**
		 * Tells whether a median stands for its rounds, or for a machine that changed.
		 */
		Table table() {
			Table table = Table.of("round by round", "what", "round", "CPU µs per push, worker or library");
			backlogs.forEach(
					(backlog, runs) -> addRows(table, backlog.title, runs, run -> run.perPush(MeasuredHouse.WORKER)));
			libraries.forEach((library, reports) -> addRows(table, library.title() + ", alone", reports,
					LibraryReport::clientMicrosPerPush));
			return table;
		}

		private static <T> void addRows(Table table, String what, List<T> rounds, ToDoubleFunction<T> micros) {
			for (int round = 0; round < rounds.size(); round++) {
				table.row(what, round + 1, micros.applyAsDouble(rounds.get(round)));
			}
		}

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
