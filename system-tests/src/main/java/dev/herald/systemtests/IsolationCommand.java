package dev.herald.systemtests;

import static dev.herald.systemtests.House.DRIVER;
import static dev.herald.systemtests.House.RIDER;

import dev.herald.common.identity.Provider;
import dev.herald.systemtests.Pace.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Revokes one application's keys under load, several times, and compares how long the
 * other application's pushes take from the request to their provider with how long they
 * took just before, at the same rate. Shows that the median of the ratios of the p99 is
 * no more than 1.2, that the revoked application's jobs wait in their queues, that health
 * says why, and that nothing is lost.
 */
final class IsolationCommand {

	static final String USAGE = """
			usage: system-tests/isolation [--rounds N] [--seconds N] [--rate N]
			  --rounds   how often the keys are revoked; 7
			  --seconds  how long each of the two windows of a round is; 10
			  --rate     notifications a second for each of the two applications; 100""";

	private static final double HIGHEST_RATIO = 1.2;

	private static final Duration WARM_UP = Duration.ofSeconds(15);

	private static final Duration SETTLING = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final String FORMAT = "%-6s %-10s %14s %14s %7s  %12s  %s%n";

	private final Rounds rounds;

	private final House house;

	private IsolationCommand(Rounds rounds, House house) {
		this.rounds = rounds;
		this.house = house;
	}

	/** Runs it and gives the exit code. */
	static int run(String[] arguments) {
		CommandLine line = CommandLine.parse(arguments, USAGE);
		if (line.asksForHelp()) {
			System.out.println(USAGE);
			return Command.SHOWN;
		}
		Rounds rounds = new Rounds(line.number("--rounds", 7, 1, 1000), line.number("--seconds", 10, 1, 3600),
				line.number("--rate", 100, 1, 10_000));
		line.requireNothingElse();
		Command.requireRealBackends();
		HousePlan plan = HousePlan.of("isolation", 2)
			.withWorkerProperties(Map.of("herald.worker.pause.first", "2s", "herald.worker.pause.longest", "5s"));
		Verdict verdict;
		try (House house = new House(plan)) {
			verdict = new IsolationCommand(rounds, house).run();
		}
		System.out.println("lost: " + verdict.lost);
		return verdict.isGood ? Command.SHOWN : Command.REFUTED;
	}

	private Verdict run() {
		Load.register(house);
		System.out.printf("%d rounds, %d notifications a second for each of two applications, each for two devices%n%n",
				rounds.count, rounds.rate);
		List<Round> done = new ArrayList<>();
		try (Load load = Load.start(house, rounds.rate)) {
			Pause.of(WARM_UP);
			for (int i = 0; i < rounds.count; i++) {
				done.add(round(i % 2 == 0 ? Mending.RESTORED : Mending.REPLACED));
			}
			load.stop();
			return verdict(done, load.pace(), load.result(PATIENCE));
		}
	}

	private Round round(Mending mending) {
		long begin = System.nanoTime();
		Pause.of(Duration.ofSeconds(rounds.seconds));
		Window before = Window.since(begin);
		long revoked = System.nanoTime();
		Keyring.revoke(house);
		Pause.of(Duration.ofSeconds(rounds.seconds));
		Window during = Window.since(revoked);
		int waiting = waiting();
		List<String> reasons = reasons();
		switch (mending) {
			case RESTORED -> Keyring.restore(house);
			case REPLACED -> Keyring.replace(house);
		}
		boolean drained = drained();
		Pause.of(SETTLING);
		return new Round(mending, before, during, waiting, reasons, drained);
	}

	/** Jobs of the revoked application in their queues. */
	private int waiting() {
		return Stream.of(Provider.values()).mapToInt(provider -> house.waitingJobs(RIDER, provider)).sum();
	}

	private boolean drained() {
		Instant deadline = Instant.now().plus(PATIENCE);
		while (waiting() > 0 || !reasons().isEmpty()) {
			if (Instant.now().isAfter(deadline)) {
				return false;
			}
			Pause.of(Duration.ofMillis(500));
		}
		return true;
	}

	/** Why the workers say that lanes of the revoked application do not consume. */
	private List<String> reasons() {
		return house.workers().stream().flatMap(this::reasons).toList();
	}

	private Stream<String> reasons(ServiceProcess worker) {
		JsonNode lanes = house.client()
			.get(worker, "/actuator/health")
			.json()
			.required("components")
			.required("lanes")
			.required("details");
		return Stream.of(Provider.values())
			.map(provider -> RIDER.value() + "." + provider.value())
			.filter(lane -> lanes.required(lane).path("reason").isString())
			.map(lane -> "%s %s %s: %s".formatted(worker, lane, lanes.required(lane).required("state").asString(),
					lanes.required(lane).required("reason").asString()));
	}

	private Verdict verdict(List<Round> done, Pace pace, Load.Result result) {
		System.out.printf(FORMAT, "round", "ended by", "p99 before", "p99 revoked", "ratio", "jobs waiting",
				"lanes that say why");
		List<Double> ratios = new ArrayList<>();
		for (Round round : done) {
			double before = millis(pace.p99(DRIVER, round.before));
			double during = millis(pace.p99(DRIVER, round.during));
			ratios.add(during / before);
			System.out.printf(FORMAT, ratios.size(), round.mending.text, "%.1f ms".formatted(before),
					"%.1f ms".formatted(during), "%.2f".formatted(during / before), round.waiting,
					round.reasons.size());
		}
		done.getLast().reasons.forEach(reason -> System.out.println("  health of " + reason));
		double median = ratios.stream().sorted().toList().get(ratios.size() / 2);
		boolean waited = done.stream().allMatch(round -> round.waiting > 0 && round.drained);
		boolean told = done.stream().allMatch(round -> !round.reasons.isEmpty());
		System.out.printf("%n%-60s %.2f (no more than %.1f)%n", "median of the ratios of the other application's p99:",
				median, HIGHEST_RATIO);
		say("the revoked application's jobs waited, and went afterwards:", waited);
		say("health said why, each time:", told);
		say("every push arrived, and the books balance:",
				result.reached() == result.jobs() && result.unbalanced() == 0);
		System.out.printf("%-60s %s%n", "", result);
		boolean good = median <= HIGHEST_RATIO && waited && told && result.lost() == 0 && result.unbalanced() == 0;
		return new Verdict(good, result.lost());
	}

	private static void say(String what, boolean holds) {
		System.out.printf("%-60s %s%n", what, holds ? "yes" : "NO");
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

	private enum Mending {

		RESTORED("old key"), REPLACED("new key");

		private final String text;

		Mending(String text) {
			this.text = text;
		}

	}

	private record Rounds(int count, int seconds, int rate) {
	}

	private record Round(Mending mending, Window before, Window during, int waiting, List<String> reasons,
			boolean drained) {
	}

	private record Verdict(boolean isGood, int lost) {
	}

}
