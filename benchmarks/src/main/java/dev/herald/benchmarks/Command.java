package dev.herald.benchmarks;

import dev.herald.benchmarks.backlog.BacklogBenchmark;
import dev.herald.benchmarks.campaign.CampaignBenchmark;
import dev.herald.benchmarks.house.EmulatorMain;
import dev.herald.benchmarks.gorush.GorushBenchmark;
import dev.herald.benchmarks.isolation.IsolationBenchmark;
import dev.herald.benchmarks.jmh.JmhBenchmark;
import dev.herald.benchmarks.limits.LimitsBenchmark;
import dev.herald.benchmarks.lookup.LookupBenchmark;
import dev.herald.benchmarks.scale.ScaleBenchmark;
import dev.herald.benchmarks.single.SingleBenchmark;
import dev.herald.benchmarks.start.StartBenchmark;
import dev.herald.benchmarks.workers.WorkersBenchmark;
import dev.herald.systemtests.CommandLine;
import dev.herald.systemtests.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs one benchmark, or all of them. The exit code is 0 if everything ran and every goal
 * was met, 1 if a goal was missed or a benchmark failed, and 2 if the arguments are wrong
 * or something that is needed is not there.
 */
public final class Command {

	private static final int MET = 0;

	private static final int MISSED = 1;

	private static final int NOT_RUN = 2;

	/** In the order in which {@code all} runs them. */
	private static final List<Supplier<Benchmark>> BENCHMARKS = List.of(LimitsBenchmark::new, SingleBenchmark::new,
			BacklogBenchmark::new, CampaignBenchmark::new, IsolationBenchmark::new, LookupBenchmark::new,
			WorkersBenchmark::new, StartBenchmark::new, GorushBenchmark::new, JmhBenchmark::new, ScaleBenchmark::new);

	private final Size size;

	private final @Nullable Duration asked;

	private final boolean recorded;

	private final ResultsWriter writer;

	/** One without goals would otherwise end well. */
	private boolean failed;

	private Command(CommandLine line) {
		this.size = line.has("--quick") ? Size.QUICK : Size.FULL;
		int seconds = line.number("--seconds", 0, 1, 3600);
		this.asked = seconds == 0 ? null : Duration.ofSeconds(seconds);
		this.recorded = line.has("--record");
		line.requireNothingElse();
		this.writer = new ResultsWriter(System.out, resultsFolder(size));
	}

	/**
	 * Runs it and ends the process.
	 * @param arguments a benchmark's name or {@code all}, and options
	 */
	public static void main(String[] arguments) {
		System.exit(exitCode(arguments));
	}

	private static int exitCode(String[] arguments) {
		try {
			if (arguments.length > 0 && arguments[0].equals(EmulatorMain.COMMAND)) {
				EmulatorMain.run(List.of(arguments).subList(1, arguments.length));
			}
			return run(arguments);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			return NOT_RUN;
		}
	}

	private static int run(String[] arguments) {
		String name = arguments.length == 0 ? "--help" : arguments[0];
		CommandLine line = CommandLine
			.parse(Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length), usage());
		if (name.equals("--help") || line.asksForHelp()) {
			System.out.println(usage());
			return MET;
		}
		List<Benchmark> chosen = BENCHMARKS.stream()
			.map(Supplier::get)
			.filter(benchmark -> name.equals("all") || benchmark.name().equals(name))
			.toList();
		if (chosen.isEmpty()) {
			throw line.wrong("there is no benchmark \"%s\"".formatted(name));
		}
		Command command = new Command(line);
		return name.equals("all") ? command.runAll(chosen) : command.runOne(chosen.getFirst());
	}

	private static String usage() {
		return "usage: benchmarks/run NAME [--quick] [--seconds N] [--record]\n" + BENCHMARKS.stream()
			.map(Supplier::get)
			.map(benchmark -> "  %-10s %s".formatted(benchmark.name(), benchmark.question()))
			.collect(Collectors.joining("\n")) + """



					all          every one of them, and then what was to be reached
					--quick      a few seconds each: shows that it works; results go to benchmarks/target/quick
					--seconds N  how long each figure is measured
					--record     each service leaves a recording of the Flight Recorder in benchmarks/target/logs""";
	}

	/** Figures of a quick run must not take the place of those that were measured. */
	private static Path resultsFolder(Size size) {
		Path module = RepositoryRoot.path().resolve("benchmarks");
		return switch (size) {
			case QUICK -> module.resolve("target/quick");
			case FULL -> module.resolve("results");
		};
	}

	private int runOne(Benchmark benchmark) {
		BenchmarkResult result = measure(benchmark);
		return !failed && result.goals().stream().allMatch(Goal::met) ? MET : MISSED;
	}

	private int runAll(List<Benchmark> benchmarks) {
		List<Goal> goals = new ArrayList<>();
		benchmarks.forEach(benchmark -> goals.addAll(measure(benchmark).goals()));
		long met = goals.stream().filter(Goal::met).count();
		System.out.println("\nto reach");
		writer.goals(goals);
		System.out.printf("to reach: %d met, %d missed%n", met, goals.size() - met);
		writer.keepGoals(goals);
		return !failed && met == goals.size() ? MET : MISSED;
	}

	private BenchmarkResult measure(Benchmark benchmark) {
		System.err.printf("%n%s: %s%n", benchmark.name(), benchmark.question());
		StolenTime before = StolenTime.now();
		BenchmarkResult result;
		try {
			result = benchmark.run(new BenchmarkContext(size, asked, recorded, logs(benchmark)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
		catch (Exception ex) {
			ex.printStackTrace();
			failed = true;
			result = BenchmarkResult.failed(benchmark.targets(), firstLine(ex));
		}
		writer.write(benchmark, size, result, MachineDescription.here(before, result.versions()));
		return result;
	}

	private static String firstLine(Exception ex) {
		String message = ex.getMessage() == null ? ex.toString() : ex.getMessage();
		return message.lines().findFirst().orElse(ex.toString());
	}

	private static Path logs(Benchmark benchmark) throws IOException {
		return Files
			.createDirectories(RepositoryRoot.path().resolve("benchmarks/target/logs").resolve(benchmark.name()));
	}

}
