package dev.herald.benchmarks.gorush;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Chart;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.benchmarks.gorush.Course.Lap;
import dev.herald.benchmarks.house.MeasuredHouse;
import dev.herald.benchmarks.house.MeasuredPlan;
import dev.herald.benchmarks.load.HttpLoad;
import dev.herald.benchmarks.load.Notifications;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.systemtests.Audience;
import dev.herald.systemtests.ServiceProcess;

/**
 * gorush with its queue in memory, gorush with its queue in Redis, and Herald, one after
 * the other against the same emulators through the same {@link Relay}.
 */
public final class GorushBenchmark implements Benchmark {

	private static final Target RATE = Target.atLeast("pushes a second, times those of gorush with its Redis queue", 1,
			"");

	private static final Target LOST = Target.atMost("pushes that Herald lost when killed in mid-flight", 0, "");

	private static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	private static final String FCM = "fcm.googleapis.com";

	private static final String APNS = "api.push.apple.com";

	private static final Audience AUDIENCE = new Audience("gorush", List.of(RIDER), List.of(Provider.values()),
			10_000_000);

	private static final String[] HERALD = { MeasuredHouse.TOKEN_STORE, MeasuredHouse.API, MeasuredHouse.WORKER,
			MeasuredHouse.BROKER, MeasuredHouse.DATABASE };

	@Override
	public String name() {
		return "gorush";
	}

	@Override
	public String question() {
		return "is Herald as fast as gorush, and what does each lose when killed";
	}

	@Override
	public List<Target> targets() {
		return List.of(RATE, LOST);
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) throws InterruptedException {
		Optional<Path> gorush = Program.find("GORUSH", "gorush");
		if (gorush.isEmpty()) {
			return missed("gorush is not on the PATH, nor where GORUSH says");
		}
		Optional<Path> redis = Program.find("REDIS_SERVER", "redis-server");
		if (redis.isEmpty()) {
			return missed("redis-server is not on the PATH, nor where REDIS_SERVER says");
		}
		return compare(context, gorush.get(), redis.get());
	}

	/** Without one of the two there is nothing to compare. */
	private BenchmarkResult missed(String reason) {
		BenchmarkResult.Builder result = BenchmarkResult.builder().note("not run: " + reason);
		targets().forEach(target -> result.goal(target.missedBecause(reason)));
		return result.build();
	}

	private BenchmarkResult compare(BenchmarkContext context, Path gorush, Path redis) throws InterruptedException {
		int users = context.size().of(2_000, 100_000);
		try (Relay relay = Relay.open(FCM, APNS);
				MeasuredHouse house = new MeasuredHouse(context,
						MeasuredPlan.of(RIDER)
							.withWorkerProperties(Map.of("herald.fcm.endpoint", "https://localhost:" + relay.port(FCM),
									"herald.apns.endpoint", "localhost:" + relay.port(APNS))))) {
			relay.lead(FCM, house.emulators().fcmUri().getPort());
			relay.lead(APNS, house.emulators().apnsPort());
			AUDIENCE.register(house.tokenDatabase(), users);
			Laps inMemory = gorush(context, house, relay, gorush, Optional.empty());
			Laps inRedis = gorush(context, house, relay, gorush, Optional.of(redis));
			Laps herald = herald(context, house, new Notifications(house, AUDIENCE, users));
			return result(house, GorushServer.version(gorush), List.of(inMemory, inRedis, herald), inRedis, herald);
		}
	}

	private Laps gorush(BenchmarkContext context, MeasuredHouse house, Relay relay, Path gorush, Optional<Path> redis)
			throws InterruptedException {
		String title = redis.isPresent() ? "gorush, queue in Redis" : "gorush, queue in memory";
		try (GorushServer server = GorushServer.start(gorush, redis, relay, house.emulators(), RIDER.value(),
				context.logs()); HttpLoad load = HttpLoad.to(server.uri(), Notifications.SENDERS)) {
			GorushBooks books = new GorushBooks(server.uri(), RIDER.value());
			Course course = new Course(house.emulators(), load, books::push, books);
			context.say("%s: warming up", title);
			course.run(server.meter(), context.seconds(2, 10));
			context.say("%s: undisturbed", title);
			Lap undisturbed = course.run(server.meter(), context.seconds(2, 20));
			context.say("%s: killed in the middle", title);
			Lap killed = course.runWithBlow(server.meter(), context.seconds(2, 10), server::strike);
			return new Laps(title, undisturbed, killed, GorushServer.GORUSH, GorushServer.REDIS);
		}
	}

	private Laps herald(BenchmarkContext context, MeasuredHouse house, Notifications notifications)
			throws InterruptedException {
		try (HttpLoad load = HttpLoad.to(house.api().uri(), Notifications.SENDERS)) {
			Course course = new Course(house.emulators(), load, notifications::post, new HeraldBooks());
			context.say("Herald: warming up");
			// The JIT needs minutes on few cores, as many as in single, and Go none.
			course.run(house.meter(), context.seconds(2, 240));
			context.say("Herald: undisturbed");
			Lap undisturbed = course.run(house.meter(), context.seconds(2, 20));
			context.say("Herald: killed in the middle");
			Lap killed = course.runWithBlow(house.meter(), context.seconds(2, 10), () -> strike(house));
			return new Laps("Herald", undisturbed, killed, HERALD);
		}
	}

	/** Everything that holds a push and is Herald's own, at once. */
	private static void strike(MeasuredHouse house) {
		List<ServiceProcess> struck = new ArrayList<>(house.workers());
		struck.add(house.api());
		struck.forEach(ServiceProcess::kill);
		struck.forEach(ServiceProcess::start);
		struck.forEach(ServiceProcess::awaitReady);
	}

	private BenchmarkResult result(MeasuredHouse house, String version, List<Laps> all, Laps inRedis, Laps herald) {
		Table table = Table.of("one push a request, half FCM and half APNs", "", "pushes/s", "CPU µs per push",
				"promised", "lost", "promised, killed", "lost, killed", "repeated, killed");
		Chart rates = Chart.of("pushes", "per second");
		Chart costs = Chart.of("cost", "CPU µs per push");
		for (Laps laps : all) {
			Lap undisturbed = laps.undisturbed;
			table.row(laps.title, undisturbed.perSecond(), laps.micros(), undisturbed.promised(), undisturbed.lost(),
					laps.killed.promised(), laps.killed.lost(), laps.killed.repeated());
			rates.bar(laps.title, undisturbed.perSecond());
			costs.bar(laps.title, laps.micros());
		}
		BenchmarkResult.Builder result = BenchmarkResult.builder()
			.table(table)
			.chart(rates)
			.chart(costs)
			.goal(RATE.measured(herald.undisturbed.perSecond() / inRedis.undisturbed.perSecond()))
			.goal(LOST.measured((double) herald.undisturbed.lost() + herald.killed.lost()))
			.version("gorush", version)
			.note("gorush cannot be told where the providers are: an HTTP proxy (core.http_proxy, HTTPS_PROXY) that "
					+ "tunnels bytes led it to the emulators, and SSL_CERT_FILE said whom to trust; gorush is "
					+ "unchanged. Herald's worker goes through the same tunnels.")
			.note(("gorush: worker_num %d, queue_num %d, log of pushes off; Redis as it comes. It answers 200 when a push "
					+ "is in its queue, Herald 202 when RabbitMQ has confirmed it; Herald also records what became of "
					+ "it.")
				.formatted(GorushConfiguration.WORKERS, GorushConfiguration.QUEUE))
			.note("Killed with kill -9 in the middle of the load and started again at once: gorush; Herald's API and "
					+ "push worker together. Lost is what was promised and had not arrived when nothing had arrived "
					+ "for 20 s.")
			.note("CPU is that of gorush and Redis, or of Herald's services, RabbitMQ and MySQL, until nothing arrived "
					+ "any more; load, tunnels and emulators are not in it.");
		house.describe(result);
		return result.build();
	}

	/**
	 * How it went undisturbed and when killed; its parts are what its CPU is counted of.
	 */
	private static final class Laps {

		private final String title;

		private final Lap undisturbed;

		private final Lap killed;

		private final String[] parts;

		Laps(String title, Lap undisturbed, Lap killed, String... parts) {
			this.title = title;
			this.undisturbed = undisturbed;
			this.killed = killed;
			this.parts = parts;
		}

		double micros() {
			return undisturbed.microsPerPush(parts);
		}

	}

}
