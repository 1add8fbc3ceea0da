package dev.herald.benchmarks.lookup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.ChildJvm;
import dev.herald.benchmarks.Median;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.systemtests.Pause;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.DatabaseServer;

/** Look-ups in tables of growing size, in turns. */
public final class LookupBenchmark implements Benchmark {

	private static final Target FLAT = Target
		.atMost("p99 of a look-up among 10 million devices, times that among 10,000", 1.3, "");

	/** What the indexes and rows of ten million devices need, and more. */
	private static final long BUFFER_POOL_BYTES = 6L << 30;

	/** Of what the slowest round did as fast as it went. */
	private static final double PACED_SHARE = 0.25;

	private static final Duration SETTLING = Duration.ofMinutes(5);

	/** What the server changes by itself. */
	private static final int FEW_PAGES = 50;

	/** The server's default. */
	private static final int DIRTY_PAGES_PCT = 90;

	private final List<DeviceTable> tables = new ArrayList<>();

	@Override
	public String name() {
		return "lookup";
	}

	@Override
	public String question() {
		return "does finding a user's devices stay as fast at ten million as at ten thousand";
	}

	@Override
	public List<Target> targets() {
		return List.of(FLAT);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) {
		try (DatabaseServer server = Backends.databaseServer()) {
			BenchmarkResult.Builder result = BenchmarkResult.builder().version("MySQL", server.version());
			if (context.size().of(0, 1) == 1) {
				server.set("innodb_buffer_pool_size", BUFFER_POOL_BYTES);
				result.note("innodb_buffer_pool_size is %d GB, so that indexes and rows of ten million devices fit"
					.formatted(BUFFER_POOL_BYTES >> 30));
			}
			measure(server, context, result);
			return result.build();
		}
	}

	private void measure(DatabaseServer server, BenchmarkContext context, BenchmarkResult.Builder result) {
		try {
			seed(server, context, result);
			settle(server, context);
			sizes(server, context, result);
			fieldQuery(server, context, result);
			prepared(server, context, result);
			pools(server, context, result);
		}
		finally {
			tables.forEach(table -> table.database().close());
		}
	}

	private void seed(DatabaseServer server, BenchmarkContext context, BenchmarkResult.Builder result) {
		Table seeding = Table.of("filling the tables", "devices", "seconds");
		LongStream sizes = context.size().of(0, 1) == 1 ? LongStream.of(10_000, 1_000_000, 10_000_000)
				: LongStream.of(10_000, 100_000);
		sizes.forEach(devices -> {
			context.say("filling a table with %,d devices", devices);
			DeviceTable table = DeviceTable.make(server.database("devices_" + devices), devices, context.logs());
			tables.add(table);
			seeding.row(devices, table.seeding().toMillis() / 1e3);
		});
		result.table(seeding);
	}

	/**
	 * Filling leaves gigabytes that the server would otherwise write while it is asked.
	 */
	private void settle(DatabaseServer server, BenchmarkContext context) {
		context.say("waiting until the server has written what the tables were filled with");
		server.set("innodb_max_dirty_pages_pct", 0);
		Instant deadline = Instant.now().plus(SETTLING);
		while (dirtyPages() > FEW_PAGES) {
			BenchmarkFailedException.require(Instant.now().isBefore(deadline),
					"it must be written within %d s".formatted(SETTLING.toSeconds()),
					"%d pages are not".formatted(dirtyPages()));
			Pause.of(Duration.ofMillis(200));
		}
		server.set("innodb_max_dirty_pages_pct", DIRTY_PAGES_PCT);
	}

	private long dirtyPages() {
		try (Connection connection = tables.getLast().database().connect();
				Statement statement = connection.createStatement();
				ResultSet status = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'")) {
			status.next();
			return status.getLong(2);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("the server did not tell how much it has to write", ex);
		}
	}

	/**
	 * Each size in turn, several times over: what the machine does meanwhile hits all.
	 * The fixed rate comes last, and is far from what the slowest round could do, lest it
	 * be the queue of look-ups that is compared.
	 */
	private void sizes(DatabaseServer server, BenchmarkContext context, BenchmarkResult.Builder result) {
		Map<DeviceTable, LookupOrder> orders = new LinkedHashMap<>();
		tables.forEach(table -> orders.put(table, order(table, Question.ALL, server, context)));
		Map<DeviceTable, List<LookupReport>> fast = inTurns(context, "each size as fast as it goes", orders);
		double rate = fast.values()
			.stream()
			.flatMap(List::stream)
			.mapToDouble(LookupReport::perSecond)
			.min()
			.orElseThrow() * PACED_SHARE;
		orders.replaceAll((table, order) -> order.at(rate).warmedUp(context.size().of(1_000, 10_000)));
		Map<DeviceTable, List<LookupReport>> paced = inTurns(context, "each size at %,.0f a second".formatted(rate),
				orders);
		Table rates = Table.of("look-ups of one user by eight threads, as fast as they go", "devices", "look-ups/s",
				"p99 ms", "client CPU µs", "MySQL CPU µs");
		Table latencies = Table.of("the same at %,.0f look-ups a second".formatted(rate), "devices", "p50 ms", "p99 ms",
				"p99.9 ms", "MySQL CPU µs");
		Chart chart = Chart.of("look-ups", "per second");
		for (DeviceTable table : tables) {
			LookupReport unpaced = median(fast.getOrDefault(table, List.of()));
			LookupReport even = median(paced.getOrDefault(table, List.of()));
			rates.row(table.devices(), unpaced.perSecond(), unpaced.p99Millis(), unpaced.clientMicrosPerLookup(),
					unpaced.serverMicrosPerLookup());
			latencies.row(table.devices(), even.p50Millis(), even.p99Millis(), even.p999Millis(),
					even.serverMicrosPerLookup());
			chart.bar("%,d devices".formatted(table.devices()), unpaced.perSecond());
		}
		double ratio = median(paced.getOrDefault(tables.getLast(), List.of())).p99Millis()
				/ median(paced.getOrDefault(tables.getFirst(), List.of())).p99Millis();
		result.table(rates).table(latencies).chart(chart).goal(FLAT.measured(ratio));
		result.note("rounds: %d, each size in turn; shown is the round with the median p99".formatted(rounds(context)));
	}

	/** The same several times over: what the machine does meanwhile hits all. */
	private static <K> Map<K, List<LookupReport>> inTurns(BenchmarkContext context, String what,
			Map<K, LookupOrder> orders) {
		Map<K, List<LookupReport>> reports = new LinkedHashMap<>();
		for (int round = 1; round <= rounds(context); round++) {
			context.say("%s, round %d", what, round);
			orders.forEach((name, order) -> reports.computeIfAbsent(name, first -> new ArrayList<>())
				.add(ask(context, order)));
		}
		return reports;
	}

	private static int rounds(BenchmarkContext context) {
		return context.size().of(1, 3);
	}

	/**
	 * The field's query, without the index that ours goes by and with it, beside ours.
	 */
	private void fieldQuery(DatabaseServer server, BenchmarkContext context, BenchmarkResult.Builder result) {
		Table table = Table.of("one look-up at a time", "devices", "query", "index (user_id, application_id, id)",
				"ms (median)");
		Chart chart = Chart.of("one look-up among %,d devices".formatted(tables.getLast().devices()), "ms");
		for (DeviceTable devices : tables) {
			for (boolean visible : new boolean[] { false, true }) {
				setVisible(devices, visible);
				// Ours without its index reads the whole table too, and shows nothing
				// more.
				for (Question question : visible ? List.of(Question.values()) : List.of(Question.FIELD)) {
					LookupOrder order = LookupOrder
						.of(devices, question, server.pid().orElse(-1), 0, context.seconds(1, 10).toMillis())
						.alone();
					LookupReport report = ask(context, order);
					table.row(devices.devices(), question.title(), visible ? "with" : "without", report.p50Millis());
					if (devices.devices() == tables.getLast().devices()) {
						chart.bar(question.title() + (visible ? "" : ", no index"), report.p50Millis());
					}
				}
			}
		}
		result.table(table).chart(chart);
	}

	/** Hidden from the optimizer, an index is as good as not there. */
	private static void setVisible(DeviceTable table, boolean visible) {
		try (Connection connection = table.database().connect(); Statement statement = connection.createStatement()) {
			statement.execute("ALTER TABLE device ALTER INDEX device_by_user " + (visible ? "VISIBLE" : "INVISIBLE"));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("the index could not be hidden or shown", ex);
		}
	}

	private void prepared(DatabaseServer server, BenchmarkContext context, BenchmarkResult.Builder result) {
		Table table = Table.of(
				"prepared on the server, or sent as text each time, %,d devices".formatted(middle().devices()), "",
				"look-ups/s", "p99 ms", "client CPU µs", "MySQL CPU µs");
		LookupOrder order = order(middle(), Question.ALL, server, context);
		Map<String, LookupOrder> orders = new LinkedHashMap<>();
		orders.put("prepared", order);
		orders.put("as text", order.notPrepared());
		inTurns(context, "prepared and as text", orders).forEach((name, rounds) -> row(table, name, median(rounds)));
		result.table(table);
	}

	private static void row(Table table, String name, LookupReport report) {
		table.row(name, report.perSecond(), report.p99Millis(), report.clientMicrosPerLookup(),
				report.serverMicrosPerLookup());
	}

	/** What people wait for, while campaigns look up 500 users at a time. */
	private void pools(DatabaseServer server, BenchmarkContext context, BenchmarkResult.Builder result) {
		Table table = Table
			.of("200 look-ups a second of one user, while 16 threads look up 500 users at a time, %,d devices"
				.formatted(middle().devices()), "", "p50 ms", "p99 ms", "bulk look-ups/s");
		LookupOrder order = order(middle(), Question.ALL, server, context).at(200);
		Map<String, LookupOrder> orders = new LinkedHashMap<>();
		orders.put("nothing else", order);
		orders.put("one pool of 12", order.besideBulk(16, 12, 0));
		orders.put("two pools, of 8 and of 4", order.besideBulk(16, 8, 4));
		inTurns(context, "one pool and two", orders).forEach((name, rounds) -> {
			LookupReport report = median(rounds);
			table.row(name, report.p50Millis(), report.p99Millis(), report.bulk() / report.seconds());
		});
		result.table(table);
	}

	private DeviceTable middle() {
		return tables.get(tables.size() / 2);
	}

	private static LookupOrder order(DeviceTable table, Question question, DatabaseServer server,
			BenchmarkContext context) {
		return LookupOrder.of(table, question, server.pid().orElse(-1), context.size().of(1_000, 3_000),
				context.seconds(2, 8).toMillis());
	}

	/** Two devices a user, or the one that is newest: anything else is another answer. */
	private static LookupReport ask(BenchmarkContext context, LookupOrder order) {
		LookupReport report = ChildJvm.ask("lookup", context.logs(), List.of("-Xmx512m"), LookupMain.class, order,
				LookupReport.class);
		long each = order.question() == Question.NEWEST ? 1 : 2;
		BenchmarkFailedException.require(report.lookups() > 0 && report.devices() == each * report.lookups(),
				"each look-up must find %d devices".formatted(each),
				"%d look-ups found %d".formatted(report.lookups(), report.devices()));
		return report;
	}

	private static LookupReport median(List<LookupReport> rounds) {
		return Median.round(rounds, LookupReport::p99Millis);
	}

}
