package dev.herald.benchmarks.limits;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.ChildJvm;
import dev.herald.benchmarks.Median;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.EmulatorProcess;
import dev.herald.benchmarks.lookup.DeviceTable;
import dev.herald.benchmarks.lookup.LookupMain;
import dev.herald.benchmarks.lookup.LookupOrder;
import dev.herald.benchmarks.lookup.LookupReport;
import dev.herald.benchmarks.lookup.Question;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.BrokerServer;
import dev.herald.testsupport.DatabaseServer;
import dev.herald.testsupport.TestDatabase;

/** Each library against the emulators in turn, then the broker and the database alone. */
public final class LimitsBenchmark implements Benchmark {

	/** One quorum queue's rate, for whoever plans with it. */
	public static final String QUEUE_RATE = "one quorum queue, messages a second";

	private static final String APPLICATION = "com.acme.rider";

	private static final Duration LATE = Duration.ofMillis(50);

	@Override
	public String name() {
		return "limits";
	}

	@Override
	public String question() {
		return "what can the machine do without Herald";
	}

	@Override
	public List<Target> targets() {
		return List.of();
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws IOException, GeneralSecurityException {
		BenchmarkResult.Builder result = BenchmarkResult.builder();
		libraries(context, result);
		Table servers = Table.of("broker and database by themselves", "", "a second", "client CPU µs", "server CPU µs");
		broker(context, result, servers);
		database(context, result, servers);
		return result.table(servers)
			.note("client CPU is that of the library's (load tool's) process, server CPU that of the emulators' "
					+ "(broker's, database's); everything shares the machine")
			.build();
	}

	private static void libraries(BenchmarkContext context, BenchmarkResult.Builder result)
			throws IOException, GeneralSecurityException {
		Map<LibraryAlone, List<LibraryReport>> reports = new LinkedHashMap<>();
		try (EmulatorProcess emulators = EmulatorProcess.start(context.logs().resolve("emulators"),
				List.of(APPLICATION))) {
			for (int round = 0; round < context.size().of(1, 3); round++) {
				for (LibraryAlone each : libraries()) {
					context.say("%s, round %d", each.title(), round + 1);
					reports.computeIfAbsent(each, first -> new ArrayList<>())
						.add(each.measure(emulators, APPLICATION, context));
				}
			}
		}
		Table table = Table.of("the providers' libraries against the emulators", "library", "JVM", "replies after",
				"in flight", "pushes/s", "client CPU µs", "server CPU µs");
		Chart chart = Chart.of("pushes", "per second");
		reports.forEach((each, rounds) -> {
			LibraryReport report = Median.round(rounds, LibraryReport::perSecond);
			table.row(each.contender().title(), each.jvm().title(), each.delay().toMillis() + " ms", each.inFlight(),
					report.perSecond(), report.clientMicrosPerPush(), report.serverMicrosPerPush());
			chart.bar(each.title(), report.perSecond());
		});
		result.table(table).chart(chart);
	}

	private static List<LibraryAlone> libraries() {
		return List.of(asItComes(Contender.PUSHY, Duration.ZERO, 1, 900), LibraryAlone.PUSHY,
				asItComes(Contender.PUSHY, LATE, 4, 3_600),
				asItComes(Contender.FIREBASE_DEFAULT, Duration.ZERO, 0, 100),
				asItComes(Contender.FIREBASE_DEFAULT, LATE, 0, 720),
				asItComes(Contender.FIREBASE_BEST, Duration.ZERO, 8, 200), LibraryAlone.FIREBASE,
				asItComes(Contender.FIREBASE_BEST, LATE, 8, 720));
	}

	private static LibraryAlone asItComes(Contender contender, Duration delay, int connections, int inFlight) {
		return new LibraryAlone(contender, LibraryJvm.AS_IT_COMES, delay, connections, inFlight);
	}

	private static void broker(BenchmarkContext context, BenchmarkResult.Builder result, Table servers) {
		context.say("RabbitMQ by its PerfTest");
		try (BrokerServer server = Backends.brokerServer()) {
			BrokerLimit.Report report = BrokerLimit.measure(server, context);
			servers.row("RabbitMQ: publish, confirm, consume 1 KB, one quorum queue (PerfTest)", report.perSecond(),
					report.clientMicros(), report.serverMicros());
			result.figure(QUEUE_RATE, report.perSecond()).version("RabbitMQ", server.version());
		}
	}

	private static void database(BenchmarkContext context, BenchmarkResult.Builder result, Table servers) {
		context.say("MySQL: the indexed look-up");
		try (DatabaseServer server = Backends.databaseServer(); TestDatabase database = server.database("limits")) {
			DeviceTable table = DeviceTable.make(database, context.size().of(10_000, 100_000), context.logs());
			LookupReport report = ChildJvm.ask("lookup", context.logs(), List.of("-Xmx512m"), LookupMain.class,
					LookupOrder.of(table, Question.ALL, server.pid().orElse(-1), context.size().of(1_000, 5_000),
							context.seconds(2, 15).toMillis()),
					LookupReport.class);
			servers.row("MySQL: devices of one user, eight threads", report.perSecond(), report.clientMicrosPerLookup(),
					report.serverMicrosPerLookup());
			result.version("MySQL", server.version());
		}
	}

}
