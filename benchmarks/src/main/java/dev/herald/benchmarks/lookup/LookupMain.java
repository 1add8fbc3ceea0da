package dev.herald.benchmarks.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongToIntFunction;

import com.zaxxer.hikari.HikariDataSource;
import dev.herald.benchmarks.ChildJvm;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.Percentiles;
import dev.herald.common.device.DeviceQuery;
import dev.herald.tokenstore.device.DeviceRows;
import dev.herald.tokenstore.lookup.OpenDeviceSelects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks devices up as ordered, in a process of its own. */
public final class LookupMain {

	private static final String FIELD = "SELECT " + DeviceRows.DEVICE + " FROM device WHERE id IN "
			+ "(SELECT MAX(id) FROM device WHERE user_id = ? AND application_id = ? GROUP BY device_id)";

	/** What a campaign's worker asks for at once. */
	private static final int BULK = 500;

	private final LookupOrder order;

	private final JdbcClient jdbc;

	private final OpenDeviceSelects selects;

	private final OpenDeviceSelects bulkSelects;

	private volatile boolean over;

	private LookupMain(LookupOrder order) {
		this.order = order;
		this.jdbc = JdbcClient.create(pool("api", order.connections()));
		this.selects = new OpenDeviceSelects(jdbc);
		this.bulkSelects = order.bulkConnections() == 0 ? selects
				: new OpenDeviceSelects(JdbcClient.create(pool("worker", order.bulkConnections())));
	}

	/** Does what it is told on its standard input. */
	public static void main(String[] arguments) throws Exception {
		ChildJvm.answer(LookupOrder.class, order -> new LookupMain(order).measure());
	}

	private HikariDataSource pool(String name, int size) {
		HikariDataSource pool = new HikariDataSource();
		pool.setPoolName(name);
		// What the URL says would win over properties of the pool.
		pool.setJdbcUrl(order.url() + "&useServerPrepStmts=%1$s&cachePrepStmts=%1$s&prepStmtCacheSqlLimit=65536"
			.formatted(order.preparedOnServer()));
		pool.setUsername(order.username());
		pool.setPassword(order.password());
		pool.setMaximumPoolSize(size);
		pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
		return pool;
	}

	private LookupReport measure() throws InterruptedException, ExecutionException {
		ExecutorService threads = Executors.newCachedThreadPool();
		List<Future<Long>> bulk = new ArrayList<>();
		for (int i = 0; i < order.bulkThreads(); i++) {
			int seed = 1_000 + i;
			bulk.add(threads.submit(() -> lookUpMany(new SplittableRandom(seed))));
		}
		ask(threads, order.warmUpMillis());
		CpuMeter meter = new CpuMeter().self("client").part("server", order.serverPid());
		CpuMeter.Reading before = meter.read();
		List<Samples> samples = ask(threads, order.measuredMillis());
		CpuMeter.Usage usage = meter.read().since(before);
		over = true;
		long answeredInBulk = 0;
		for (Future<Long> each : bulk) {
			answeredInBulk += each.get();
		}
		Percentiles took = Percentiles.ofNanos(samples.stream().flatMapToLong(Samples::nanos).toArray());
		return new LookupReport(took.count(), samples.stream().mapToLong(Samples::devices).sum(), usage.seconds(),
				took.millis(50), took.millis(99), took.millis(99.9), usage.perPush("client", 1),
				usage.perPush("server", 1), answeredInBulk);
	}

	private List<Samples> ask(ExecutorService threads, long millis) throws InterruptedException, ExecutionException {
		AtomicLong tickets = new AtomicLong();
		long begin = System.nanoTime();
		List<Callable<Samples>> askers = new ArrayList<>();
		for (int i = 0; i < order.threads(); i++) {
			SplittableRandom random = new SplittableRandom(begin + i);
			askers.add(() -> askUntil(tickets, begin, begin + millis * 1_000_000, random));
		}
		List<Samples> all = new ArrayList<>();
		for (Future<Samples> each : threads.invokeAll(askers)) {
			all.add(each.get());
		}
		return all;
	}

	private Samples askUntil(AtomicLong tickets, long begin, long end, SplittableRandom random) {
		Samples samples = new Samples();
		LongToIntFunction question = question();
		while (true) {
			long due = order.perSecond() == 0 ? System.nanoTime()
					: begin + (long) (tickets.getAndIncrement() * 1e9 / order.perSecond());
			if (due - end >= 0) {
				return samples;
			}
			for (long now = System.nanoTime(); now - due < 0; now = System.nanoTime()) {
				LockSupport.parkNanos(due - now);
			}
			int devices = question.applyAsInt(random.nextLong(order.users()));
			samples.add(System.nanoTime() - due, devices);
		}
	}

	private LongToIntFunction question() {
		return switch (order.question()) {
			case ALL -> user -> selects.inApplication(List.of(query(user))).size();
			case NEWEST -> user -> selects.newestInApplication(List.of(query(user))).size();
			case FIELD -> user -> jdbc.sql(FIELD)
				.params(DeviceTable.user(user).value(), DeviceTable.APPLICATION.value())
				.query(DeviceRows::device)
				.list()
				.size();
		};
	}

	private long lookUpMany(SplittableRandom random) {
		long answered = 0;
		while (!over) {
			List<DeviceQuery> queries = new ArrayList<>();
			for (int i = 0; i < BULK; i++) {
				queries.add(query(random.nextLong(order.users())));
			}
			bulkSelects.inApplication(queries);
			answered++;
		}
		return answered;
	}

	private static DeviceQuery query(long user) {
		return new DeviceQuery(DeviceTable.user(user), DeviceTable.APPLICATION);
	}

}
