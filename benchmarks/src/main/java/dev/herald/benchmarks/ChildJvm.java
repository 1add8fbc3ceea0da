package dev.herald.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.herald.systemtests.RepositoryRoot;
import tools.jackson.databind.json.JsonMapper;

/**
 * A class of this module, or of its libraries, run in a JVM of its own: what one
 * contender leaves in a JVM (compiled code, heap, threads) must not speak for or against
 * the next. Not for use by several threads; closed by whoever started it, which kills it.
 */
public final class ChildJvm implements AutoCloseable {

	private static final List<String> USUAL = List.of("--enable-native-access=ALL-UNNAMED",
			"--sun-misc-unsafe-memory-access=allow");

	private final String name;

	private final Path errors;

	private final Process process;

	private ChildJvm(String name, Path errors, Process process) {
		this.name = name;
		this.errors = errors;
		this.process = process;
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of " + name));
	}

	/**
	 * Starts it.
	 * @param name names the file of what it writes to its standard error
	 * @param logs the folder of that file
	 * @param jvm options of the JVM
	 * @param main the class
	 * @param arguments what the class is given
	 */
	public static ChildJvm start(String name, Path logs, List<String> jvm, String main, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(USUAL);
		command.addAll(jvm);
		command.addAll(List.of("-cp", classPath(), main));
		command.addAll(arguments);
		Path errors = logs.resolve(name + ".log");
		try {
			return new ChildJvm(name, errors,
					new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(name + " could not be started", ex);
		}
	}

	/**
	 * Runs a class that reads an order from its standard input, so that no password shows
	 * in a list of processes, and prints a report as its last line, both JSON.
	 * @return what it reports
	 * @throws BenchmarkFailedException if it does not end well
	 */
	public static <T> T ask(String name, Path logs, List<String> jvm, Class<?> main, Object order, Class<T> report) {
		try (ChildJvm child = start(name, logs, jvm, main.getName(), List.of())) {
			try (OutputStream input = child.process.getOutputStream()) {
				input.write(JsonMapper.shared().writeValueAsBytes(order));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(name + " did not take its order", ex);
			}
			return JsonMapper.shared().readValue(child.lastLine(), report);
		}
	}

	/** Answers {@link #ask}: called by the class that was started. */
	public static <T> void answer(Class<T> order, Task<T> task) throws Exception {
		T read = JsonMapper.shared().readValue(System.in, order);
		System.out.println(JsonMapper.shared().writeValueAsString(task.perform(read)));
		// Libraries leave threads that would keep the process.
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	/** The process's id. */
	public long pid() {
		return process.pid();
	}

	/**
	 * Hands on what it prints, line by line, until it ends.
	 * @throws BenchmarkFailedException if its exit code is not 0, with the end of its log
	 */
	public void lines(Consumer<String> reader) {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			output.lines().forEach(reader);
			BenchmarkFailedException.require(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0,
					name + " must end well", errorsTail());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/**
	 * The last line that it prints, once it has ended.
	 * @throws BenchmarkFailedException as {@link #lines}; also if it prints nothing
	 */
	public String lastLine() {
		List<String> printed = new ArrayList<>();
		lines(printed::add);
		BenchmarkFailedException.require(!printed.isEmpty(), name + " must print what it measured", errorsTail());
		return printed.getLast();
	}

	private String errorsTail() {
		try {
			List<String> lines = Files.readAllLines(errors);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
		}
		catch (IOException ex) {
			return "(no log: " + ex + ")";
		}
	}

	@Override
	public void close() {
		process.destroyForcibly();
	}

	/**
	 * What a process was started for.
	 *
	 * @param <T> the order
	 */
	@FunctionalInterface
	public interface Task<T> {

		/** Does what is ordered and gives the report. */
		Object perform(T order) throws Exception;

	}

	/**
	 * What this JVM runs on. A jar of jars is unpacked first: reading classes out of it
	 * is slower, and JMH starts JVMs that know nothing of it.
	 */
	static String classPath() {
		String own = System.getProperty("java.class.path");
		return own.endsWith("-exec.jar") ? unpacked(Path.of(own)).toString() : own;
	}

	private static Path unpacked(Path jar) {
		Path folder = RepositoryRoot.path().resolve("benchmarks/target/unpacked");
		Path stamp = folder.resolve("made-of");
		try {
			// By content: every jar of a reproducible build is of the same time.
			String content = HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
			if (!Files.exists(stamp) || !Files.readString(stamp).equals(content)) {
				extract(jar, folder);
				Files.writeString(stamp, content);
			}
			return folder.resolve(jar.getFileName());
		}
		catch (IOException | NoSuchAlgorithmException ex) {
			throw new IllegalStateException("cannot unpack " + jar, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/** Spring Boot, <em>Efficient Deployments</em>: every such jar can unpack itself. */
	private static void extract(Path jar, Path folder) throws IOException, InterruptedException {
		Process extraction = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djarmode=tools", "-jar", jar.toString(), "extract", "--force", "--destination", folder.toString())
			.redirectErrorStream(true)
			.start();
		String said = new String(extraction.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (extraction.waitFor() != 0) {
			throw new IOException("extracting said: " + said);
		}
	}

}
