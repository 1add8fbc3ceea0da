package dev.herald.benchmarks.scale;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.herald.benchmarks.Benchmark;
import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.Table;
import dev.herald.benchmarks.Target;
import dev.herald.systemtests.RepositoryRoot;

/** Plans for loads that no one machine bears, each tried in the simulation. */
public final class ScaleBenchmark implements Benchmark {

	private static final List<Integer> LOADS = List.of(10_000, 100_000, 1_000_000);

	/** Any: the same figures at each run. */
	private static final long SEED = 20_260_301;

	private final Premises premises = Premises.usual();

	@Override
	public String name() {
		return "scale";
	}

	@Override
	public String question() {
		return "what do 10,000, 100,000 and 1,000,000 pushes a second need (reckoned and simulated, not measured)";
	}

	@Override
	public List<Target> targets() {
		return List.of();
	}

	@Override
	public BenchmarkResult run(BenchmarkContext context) {
		Path results = RepositoryRoot.path()
			.resolve(context.size().of(0, 1) == 1 ? "benchmarks/results" : "benchmarks/target/quick");
		BenchmarkResult.Builder result = BenchmarkResult.builder();
		result.table(premisesTable());
		for (PushCost cost : MeasuredCosts.read(results)) {
			context.say("%s: planning and simulating", cost.kind());
			add(cost, context, result);
		}
		return result.note(
				"costs are those of single.json, campaign.json and limits.json beside this; nothing here was measured "
						+ "on more than one machine")
			.note("simulated: pushes arrive at random, services take random times, each push goes to a random queue, "
					+ "broker node and database; the provider's own time is not in it")
			.build();
	}

	private Table premisesTable() {
		return Table.of("taken for granted", "", "value")
			.row("cores of each instance", premises.coresPerInstance())
			.row("how busy a core may be", premises.utilisation())
			.row("the largest application's share of the pushes", premises.largestShare())
			.row("FCM's share of them", premises.fcmShare())
			.row("ms a provider takes to answer", premises.roundTripMillis())
			.row("members of each quorum queue", premises.replicas())
			.row("FCM's default quota for a project, messages a second", premises.fcmQuotaPerSecond())
			.row("pushes in flight on a connection to FCM", premises.fcmStreams())
			.row("pushes in flight on a connection to APNs", premises.apnsStreams())
			.row("pushes in flight of an application and provider in a worker", premises.maxInFlight())
			.row("database connections of an API or token store", premises.poolConnections());
	}

	private void add(PushCost cost, BenchmarkContext context, BenchmarkResult.Builder result) {
		Table costs = Table.of(cost.kind() + ": CPU µs per push, as measured", "part", "CPU µs");
		for (Part part : Part.values()) {
			costs.row(part.title(), cost.micros(part));
		}
		result.table(costs.row("all", cost.total()));
		List<Plan> plans = LOADS.stream().map(load -> Plan.of(load, cost, premises)).toList();
		result.table(planTable(cost, plans)).table(simulated(cost, plans, context));
	}

	private static Table planTable(PushCost cost, List<Plan> plans) {
		Table table = Table.of(cost.kind() + ": what each load needs", columns("", plans));
		for (Part part : Part.values()) {
			table.row(row(title(part), plans, plan -> plan.instances(part)));
		}
		return table.row(row("queues of the largest application, for each provider", plans, Plan::largestQueues))
			.row(row("queues of delivery reports", plans, Plan::reportQueues))
			.row(row("connections to FCM", plans, Plan::fcmConnections))
			.row(row("connections to APNs", plans, Plan::apnsConnections))
			.row(row("times FCM's default quota, largest application", plans, Plan::fcmQuotas))
			.row(row("connections to each MySQL primary", plans, Plan::databaseConnections));
	}

	private static String title(Part part) {
		return switch (part) {
			case API, TOKEN_STORE, WORKER -> part.title() + " instances";
			case BROKER -> "RabbitMQ nodes";
			case DATABASE -> "MySQL primaries";
		};
	}

	private static String[] columns(String first, List<Plan> plans) {
		List<String> columns = new ArrayList<>(List.of(first));
		plans.forEach(plan -> columns.add("%,.0f/s".formatted(plan.pushesPerSecond())));
		return columns.toArray(String[]::new);
	}

	private static List<Object> row(String title, List<Plan> plans, java.util.function.Function<Plan, Object> value) {
		List<Object> row = new ArrayList<>(List.of(title));
		plans.forEach(plan -> row.add(value.apply(plan)));
		return row;
	}

	/** Each plan bears its load, and its weakest part breaks where it was reckoned to. */
	private Table simulated(PushCost cost, List<Plan> plans, BenchmarkContext context) {
		Table table = Table.of(cost.kind() + ": each plan simulated", "load", "through", "p50 ms", "p99 ms",
				"breaks first, as the load grows", "at", "through at 1.1 times that");
		for (Plan plan : plans) {
			List<Station> stations = Network.of(plan, cost, premises);
			Station weakest = Network.firstToBreak(stations);
			int pushes = context.size().of(200_000, 1_000_000);
			Simulation.Outcome held = new Simulation(SEED).run(stations, plan.pushesPerSecond(), pushes);
			double beyond = 1.1 * weakest.limit();
			Simulation.Outcome broken = new Simulation(SEED).run(stations, beyond, pushes);
			BenchmarkFailedException.require(held.keepsUpWith(plan.pushesPerSecond()),
					"the plan must bear %,.0f/s".formatted(plan.pushesPerSecond()), held);
			BenchmarkFailedException.require(!broken.keepsUpWith(beyond),
					"the plan must not bear %,.0f/s".formatted(beyond), broken);
			table.row("%,.0f/s".formatted(plan.pushesPerSecond()), held.throughput(), held.p50Micros() / 1e3,
					held.p99Micros() / 1e3, weakest.name(), weakest.limit(), broken.throughput());
		}
		return table;
	}

}
