package dev.herald.benchmarks.gorush;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.systemtests.Pause;
import org.jspecify.annotations.Nullable;

/**
 * A program of somebody else's as a process, which can be killed and started again. Not
 * for use by several threads; closed by whoever made it.
 */
final class Program implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final List<String> command;

	private final Map<String, String> environment;

	private final Path log;

	private final BooleanSupplier ready;

	private @Nullable Process process;

	/**
	 * @param environment what is added to this process's own
	 * @param log where its output goes
	 * @param ready whether it serves
	 */
	Program(List<String> command, Map<String, String> environment, Path log, BooleanSupplier ready) {
		this.command = List.copyOf(command);
		this.environment = Map.copyOf(environment);
		this.log = log;
		this.ready = ready;
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of " + command.getFirst()));
	}

	/**
	 * Finds a program: where a variable of the environment says, else on the PATH.
	 */
	static Optional<Path> find(String variable, String name) {
		String given = System.getenv(variable);
		if (given != null) {
			return Optional.of(Path.of(given)).filter(Program::isOne);
		}
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
			.map(folder -> Path.of(folder, name))
			.filter(Program::isOne)
			.findFirst();
	}

	/** A folder is executable, too. */
	private static boolean isOne(Path path) {
		return Files.isRegularFile(path) && Files.isExecutable(path);
	}

	/**
	 * Starts it and waits until it serves.
	 * @throws BenchmarkFailedException if it does not
	 */
	void start() {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		builder.environment().putAll(environment);
		try {
			process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(command.getFirst() + " could not be started", ex);
		}
		Instant deadline = Instant.now().plus(PATIENCE);
		while (!ready.getAsBoolean()) {
			BenchmarkFailedException.require(process.isAlive() && Instant.now().isBefore(deadline),
					command.getFirst() + " must serve within " + PATIENCE.toSeconds() + " s", "see " + log);
			Pause.of(Duration.ofMillis(50));
		}
	}

	/** Kills it: nothing it holds is put away. */
	void kill() {
		running().destroyForcibly();
		try {
			BenchmarkFailedException.require(running().waitFor(10, TimeUnit.SECONDS), command.getFirst() + " must die",
					"it lives");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	long pid() {
		return running().pid();
	}

	private Process running() {
		if (process == null) {
			throw new IllegalStateException(command.getFirst() + " was never started");
		}
		return process;
	}

	@Override
	public void close() {
		if (process != null) {
			process.destroyForcibly();
		}
	}

}
