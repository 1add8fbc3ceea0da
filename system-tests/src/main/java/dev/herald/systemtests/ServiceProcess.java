package dev.herald.systemtests;

import dev.herald.testsupport.Suspension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One service as a process, started from its jar. It can be killed and started again on
 * the same port. Its output goes to a file. Not safe for use by several threads at once;
 * closed by whoever made it.
 */
public final class ServiceProcess implements AutoCloseable {

	private static final Duration START_PATIENCE = Duration.ofMinutes(4);

	/** Entries begin with their time; stack traces do not. */
	private static final Pattern NEW_ENTRY = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT");

	private static final List<String> AT_FULL_SPEED = List.of("-Xmx256m", "-XX:+UseSerialGC",
			"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

	private static final List<String> QUICK_TO_START = Stream
		.concat(AT_FULL_SPEED.stream(), Stream.of("-XX:TieredStopAtLevel=1"))
		.toList();

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	private final String name;

	private final int port;

	private final List<String> command;

	/** An AOT cache wants the jar by the very name it had when the cache was made. */
	private final Path folder;

	private final Path log;

	private @Nullable Process process;

	/**
	 * A service that is not to be measured.
	 * @param module the module, whose jar must be built
	 * @param name the name of this instance, for its log
	 * @param port the port it listens on
	 * @param properties its configuration
	 * @param logs the folder of its log
	 * @param atFullSpeed whether it runs as fast as it can, or starts as fast as it can
	 */
	ServiceProcess(String module, String name, int port, Map<String, Object> properties, Path logs,
			boolean atFullSpeed) {
		this(name, port, List.of(), atFullSpeed ? AT_FULL_SPEED : QUICK_TO_START, jar(module), properties, logs);
	}

	/**
	 * A service that runs as it is told to.
	 * @param name the name of this instance, for its log
	 * @param port the port it listens on
	 * @param runner what runs the JVM, such as {@code nice}; empty for nothing
	 * @param jvm the options of its JVM
	 * @param jar what to run
	 * @param properties its configuration
	 * @param logs the folder of its log
	 */
	public ServiceProcess(String name, int port, List<String> runner, List<String> jvm, Path jar,
			Map<String, Object> properties, Path logs) {
		this.name = name;
		this.port = port;
		this.folder = Objects.requireNonNull(jar.toAbsolutePath().getParent(), "a jar is in a folder");
		this.log = logs.resolve(name + ".log");
		deleteOldLog();
		this.command = new ArrayList<>(runner);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvm);
		command.addAll(
				List.of("-jar", jar.getFileName().toString(), "--server.port=" + port, "--server.address=127.0.0.1"));
		properties.forEach((key, value) -> command.add("--" + key + "=" + value));
		// Whoever is stopped half-way leaves nothing running.
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of " + name));
	}

	/** What an earlier run wrote is not about this process. */
	private void deleteOldLog() {
		try {
			Files.deleteIfExists(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The jar of a module.
	 * @throws IllegalStateException if it is not built
	 */
	public static Path jar(String module) {
		Path target = RepositoryRoot.path().resolve(module).resolve("target");
		try (Stream<Path> files = Files.list(target)) {
			return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("no *-exec.jar in " + target + "; run ./mvnw package"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot list " + target + "; run ./mvnw package", ex);
		}
	}

	/** Starts it; {@link #awaitReady()} waits. */
	public void start() {
		try {
			process = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until it says that it is ready.
	 * @throws IllegalStateException if it ends before, or takes more than four minutes;
	 * the message has the end of its log
	 */
	public void awaitReady() {
		Instant deadline = Instant.now().plus(START_PATIENCE);
		while (!isReady()) {
			if (!isAlive()) {
				throw new IllegalStateException(name + " ended before it was ready:\n" + logTail());
			}
			if (Instant.now().isAfter(deadline)) {
				throw new IllegalStateException(
						name + " was not ready after " + START_PATIENCE.toSeconds() + " s:\n" + logTail());
			}
			Pause.of(Duration.ofMillis(100));
		}
	}

	/** Kills it as the kernel would when memory is out: nothing it holds is put away. */
	public void kill() {
		Process running = running();
		running.destroyForcibly();
		awaitEnd(running, Duration.ofSeconds(10));
	}

	/**
	 * Asks it to end and waits until it has.
	 * @return how long it took
	 */
	public Duration terminate() {
		Process running = running();
		Instant start = Instant.now();
		running.destroy();
		awaitEnd(running, Duration.ofSeconds(40));
		return Duration.between(start, Instant.now());
	}

	/** Stops it where it is, until {@link #resume()}; its connections stay. */
	public void pause() {
		Suspension.stop(running().toHandle());
	}

	/** Lets it go on. */
	public void resume() {
		Suspension.end(running().toHandle());
	}

	/**
	 * The process's id.
	 * @throws IllegalStateException if it was never started
	 */
	public long pid() {
		return running().pid();
	}

	/** Whether the process is there. */
	public boolean isAlive() {
		return process != null && process.isAlive();
	}

	/**
	 * The memory it has from the system, in MB, as Linux tells it; 0 where nobody does.
	 */
	public long residentMegabytes() {
		Process asked = process;
		if (asked == null) {
			return 0;
		}
		try (Stream<String> lines = Files.lines(Path.of("/proc/" + asked.pid() + "/status"))) {
			return lines.filter(line -> line.startsWith("VmRSS:"))
				.mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
				.findFirst()
				.orElse(0);
		}
		catch (IOException | UncheckedIOException ex) {
			return 0;
		}
	}

	/** Where it answers HTTP. */
	public URI uri() {
		return URI.create("http://127.0.0.1:" + port);
	}

	/** The end of its log. */
	public String logTail() {
		try {
			List<String> lines = Files.readAllLines(log);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
		}
		catch (IOException ex) {
			return "(no log: " + ex + ")";
		}
	}

	/**
	 * The errors in its log that come with a stack trace: each a line of level
	 * {@code error} and what follows it.
	 */
	public List<String> failures() {
		List<String> failures = new ArrayList<>();
		StringBuilder entry = new StringBuilder();
		try (Stream<String> lines = Files.lines(log)) {
			lines.forEach(line -> {
				if (NEW_ENTRY.matcher(line).lookingAt()) {
					addFailure(entry, failures);
					entry.setLength(0);
				}
				entry.append(line).append('\n');
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		addFailure(entry, failures);
		return failures;
	}

	private static void addFailure(StringBuilder entry, List<String> failures) {
		String text = entry.toString();
		if (text.lines().findFirst().orElse("").contains(" ERROR ") && text.contains("\n\tat ")) {
			failures.add(text);
		}
	}

	private boolean isReady() {
		try {
			HttpRequest request = HttpRequest.newBuilder(uri().resolve("/readyz"))
				.timeout(Duration.ofSeconds(2))
				.build();
			return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	private Process running() {
		if (process == null) {
			throw new IllegalStateException(name + " was never started");
		}
		return process;
	}

	private void awaitEnd(Process ending, Duration patience) {
		try {
			if (!ending.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IllegalStateException(name + " did not end within " + patience.toSeconds() + " s");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	@Override
	public void close() {
		if (isAlive()) {
			kill();
		}
	}

	@Override
	public String toString() {
		return name;
	}

}
