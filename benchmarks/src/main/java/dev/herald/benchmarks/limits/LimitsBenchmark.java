package dev.herald.benchmarks.limits;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.ChildJvm;
import dev.herald.benchmarks.CombinedGoals;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.house.EmulatorProcess;
import dev.herald.benchmarks.house.ServiceImage;
import dev.herald.benchmarks.lookup.DeviceTable;
import dev.herald.benchmarks.lookup.LookupMain;
import dev.herald.benchmarks.lookup.LookupOrder;
import dev.herald.benchmarks.lookup.LookupReport;
import dev.herald.benchmarks.lookup.Question;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.BrokerServer;
import dev.herald.testsupport.DatabaseServer;
import dev.herald.testsupport.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Each library against the emulators in turn, then the broker and the database alone. */
public final class LimitsBenchmark implements Benchmark {

	/** One quorum queue's rate, for whoever plans with it. */
	public static final String QUEUE_RATE = "one quorum queue, messages a second";

	private static final String APPLICATION = "com.acme.rider";

	/** Nothing secret is in it, but a JVM that is told none finds it empty. */
	private static final String TRUST_STORE_PASSWORD = "changeit";

	private static final Duration LATE = Duration.ofMillis(50);

	private static final Case PUSHY_LIKE_THE_WORKER = new Case(Contender.PUSHY, Jvm.LIKE_THE_WORKER, Duration.ZERO, 1,
			900);

	private static final Case FIREBASE_LIKE_THE_WORKER = new Case(Contender.FIREBASE_BEST, Jvm.LIKE_THE_WORKER,
			Duration.ZERO, 8, 200);

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
		Map<Case, List<LibraryReport>> reports = new LinkedHashMap<>();
		try (EmulatorProcess emulators = EmulatorProcess.start(context.logs().resolve("emulators"),
				List.of(APPLICATION))) {
			Path trusted = trustStore(emulators.authorityFile(), context.logs());
			for (int round = 0; round < context.size().of(1, 3); round++) {
				for (Case each : cases()) {
					context.say("%s, round %d", each.title(), round + 1);
					reports.computeIfAbsent(each, first -> new ArrayList<>())
						.add(measure(each, emulators, trusted, context));
				}
			}
		}
		Table table = Table.of("the providers' libraries against the emulators", "library", "JVM", "replies after",
				"in flight", "pushes/s", "client CPU µs", "server CPU µs");
		Chart chart = Chart.of("pushes", "per second");
		reports.forEach((each, rounds) -> {
			LibraryReport report = median(rounds);
			table.row(each.contender.title(), each.jvm.title, each.delay.toMillis() + " ms", each.inFlight,
					report.perSecond(), report.clientMicrosPerPush(), report.serverMicrosPerPush());
			chart.bar(each.title(), report.perSecond());
			// The push worker is measured against the library on a JVM like its own.
			if (each.equals(PUSHY_LIKE_THE_WORKER)) {
				result.figure(CombinedGoals.PUSHY_ALONE, report.clientMicrosPerPush());
			}
			if (each.equals(FIREBASE_LIKE_THE_WORKER)) {
				result.figure(CombinedGoals.FIREBASE_ALONE, report.clientMicrosPerPush());
			}
		});
		result.table(table).chart(chart);
	}

	/** Connections enough for what is in flight. */
	private static List<Case> cases() {
		return List.of(new Case(Contender.PUSHY, Jvm.AS_IT_COMES, Duration.ZERO, 1, 900), PUSHY_LIKE_THE_WORKER,
				new Case(Contender.PUSHY, Jvm.AS_IT_COMES, LATE, 4, 3_600),
				new Case(Contender.FIREBASE_DEFAULT, Jvm.AS_IT_COMES, Duration.ZERO, 0, 100),
				new Case(Contender.FIREBASE_DEFAULT, Jvm.AS_IT_COMES, LATE, 0, 720),
				new Case(Contender.FIREBASE_BEST, Jvm.AS_IT_COMES, Duration.ZERO, 8, 200), FIREBASE_LIKE_THE_WORKER,
				new Case(Contender.FIREBASE_BEST, Jvm.AS_IT_COMES, LATE, 8, 720));
	}

	private static LibraryReport measure(Case each, EmulatorProcess emulators, Path trusted, BenchmarkContext context) {
		emulators.behave();
		if (!each.delay.isZero()) {
			emulators.delayAnswers(each.contender.provider(), each.delay);
		}
		emulators.forget();
		List<String> jvm = new ArrayList<>(each.jvm.options);
		jvm.add("-Djavax.net.ssl.trustStore=" + trusted);
		jvm.add("-Djavax.net.ssl.trustStorePassword=" + TRUST_STORE_PASSWORD);
		LibraryReport report = ChildJvm.ask(each.contender.name().toLowerCase(Locale.ROOT), context.logs(), jvm,
				LibraryMain.class, order(each, emulators, context), LibraryReport.class);
		int arrived = emulators.count();
		BenchmarkFailedException.require(
				report.accepted() == report.sent() && arrived == report.sent() && report.measured() > 0,
				"all %,d pushes of %s must be accepted".formatted(report.sent(), each.title()),
				"%,d were, %,d arrived; %s".formatted(report.accepted(), arrived, report.trouble()));
		return report;
	}

	private static LibraryOrder order(Case each, EmulatorProcess emulators, BenchmarkContext context) {
		JsonNode credentials = emulators.credentials(APPLICATION);
		JsonNode apns = credentials.required("apns");
		return new LibraryOrder(each.contender, each.connections, each.inFlight, emulators.fcmUri().toString(),
				emulators.apnsHost(), emulators.apnsPort(), emulators.authorityFile().toString(),
				credentials.required("fcm").required("service_account_file").asString(),
				apns.required("key_file").asString(), apns.required("team_id").asString(),
				apns.required("key_id").asString(), APPLICATION, emulators.pid(), context.size().of(2_000, 20_000),
				context.seconds(2, 10).toMillis());
	}

	/**
	 * What the library that cannot be told whom to trust reads from the JVM's options.
	 */
	private static Path trustStore(Path authority, Path folder) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		try (InputStream pem = Files.newInputStream(authority)) {
			store.setCertificateEntry("emulators", CertificateFactory.getInstance("X.509").generateCertificate(pem));
		}
		Path file = folder.resolve("trusted.p12").toAbsolutePath();
		try (OutputStream out = Files.newOutputStream(file)) {
			store.store(out, TRUST_STORE_PASSWORD.toCharArray());
		}
		return file;
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

	private static LibraryReport median(List<LibraryReport> rounds) {
		return rounds.stream()
			.sorted(Comparator.comparingDouble(LibraryReport::perSecond))
			.toList()
			.get(rounds.size() / 2);
	}

	private record Case(Contender contender, Jvm jvm, Duration delay, int connections, int inFlight) {

		String title() {
			return contender.title() + (jvm == Jvm.AS_IT_COMES ? "" : ", " + jvm.title)
					+ (delay.isZero() ? "" : ", replies after %d ms".formatted(delay.toMillis()));
		}

	}

	/** What the library's JVM is told. */
	private enum Jvm {

		AS_IT_COMES("as it comes", List.of("-Xmx512m")),

		LIKE_THE_WORKER("like the push worker's",
				Stream.concat(ServiceImage.options().stream(), Stream.of("-Xmx256m")).toList());

		private final String title;

		private final List<String> options;

		Jvm(String title, List<String> options) {
			this.title = title;
			this.options = options;
		}

	}

}
