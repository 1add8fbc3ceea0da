package dev.herald.systemtests;

import dev.herald.common.broker.QueueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Breaks one thing after the other while notifications are sent, prints a row for each,
 * and ends with the line {@code lost: N}. Shows that nothing is lost and all books
 * balance.
 */
final class FaultsCommand {

	private static final int WORKERS = 2;

	private final FaultOptions options;

	private final RandomGenerator random;

	private final List<FaultReport> reports = new ArrayList<>();

	private FaultsCommand(FaultOptions options) {
		this.options = options;
		this.random = new Random(options.seed());
	}

	/** Runs it and gives the exit code. */
	static int run(String[] arguments) {
		CommandLine line = CommandLine.parse(arguments, FaultOptions.USAGE);
		if (line.asksForHelp()) {
			System.out.println(FaultOptions.USAGE);
			return Command.SHOWN;
		}
		FaultOptions options = FaultOptions.of(line, new Random().nextInt(1_000_000));
		Command.requireRealBackends();
		return new FaultsCommand(options).run();
	}

	private int run() {
		Instant began = Instant.now();
		System.out.printf("%d faults on %s queues, at least %d notifications each, seed %d%n%n",
				options.faults().size(),
				String.join(" and ", options.queues().stream().map(FaultTable::label).toList()),
				options.run().atLeast(), options.seed());
		System.out.println(FaultTable.head());
		options.queues().forEach(this::strikeAll);
		Load.Result all = reports.stream().map(FaultReport::result).reduce(Load.Result.NONE, Load.Result::plus);
		System.out.println(FaultTable.sum(all));
		System.out.printf("%nafter %d min: %s%n", Duration.between(began, Instant.now()).toMinutes(), verdict());
		System.out.println("lost: " + all.lost());
		return isGood() ? Command.SHOWN : Command.REFUTED;
	}

	private void strikeAll(QueueType queues) {
		List<Fault> left = new ArrayList<>(options.faults());
		while (!left.isEmpty()) {
			strikeUntilOneFails(queues, left);
		}
	}

	/** What comes after a fault that the house did not survive gets another house. */
	private void strikeUntilOneFails(QueueType queues, List<Fault> left) {
		try (House house = new House(plan(queues))) {
			Load.register(house);
			boolean usable = true;
			while (usable && !left.isEmpty()) {
				usable = strike(house, left.removeFirst(), queues);
			}
		}
	}

	private boolean strike(House house, Fault fault, QueueType queues) {
		if (!fault.canStrike(house)) {
			System.out.println(FaultTable.skipped(fault, queues));
			return true;
		}
		FaultReport report = options.run().strike(house, fault::strike, random);
		reports.add(report);
		System.out.println(FaultTable.row(fault, queues, report));
		if (!report.failure().isEmpty()) {
			System.err.println(fault.label() + ": " + report.failure());
			return false;
		}
		return true;
	}

	private static HousePlan plan(QueueType queues) {
		return HousePlan.of("faults-" + FaultTable.label(queues), WORKERS)
			.withQueues(queues)
			.withWorkerProperties(Map.of("herald.fcm.request-timeout", "10s", "herald.apns.request-timeout", "10s",
					"herald.worker.pause.first", "2s"));
	}

	private boolean isGood() {
		return reports.stream().allMatch(FaultReport::isGood);
	}

	private String verdict() {
		return isGood() ? "nothing is lost and all books balance" : "NOT GOOD, see the rows";
	}

}
