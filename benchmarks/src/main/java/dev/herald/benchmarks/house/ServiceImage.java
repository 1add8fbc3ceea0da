package dev.herald.benchmarks.house;

import dev.herald.systemtests.RepositoryRoot;
import dev.herald.systemtests.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A service as its image holds it: the jar extracted, and a cache of what a start loads
 * and links (JEP 483), both made by the scripts that the Dockerfile runs. Made anew when
 * the jar is.
 *
 * @param jar what to run
 * @param cache its AOT cache
 */
public record ServiceImage(Path jar, Path cache) {

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	/** Options that every service has in its image. */
	private static final Path OPTIONS = RepositoryRoot.path().resolve("docker/java-options");

	private static final Path TRAINING = RepositoryRoot.path().resolve("docker/train");

	private static final Path IMAGES = RepositoryRoot.path().resolve("benchmarks/target/images");

	private static final long MINUTES = 5;

	/**
	 * The image of a module, whose jar must be built.
	 * @throws IllegalStateException if it cannot be made, with where to read why
	 */
	public static ServiceImage of(String module) {
		Path source = ServiceProcess.jar(module);
		Path folder = IMAGES.resolve(module);
		ServiceImage image = new ServiceImage(folder.resolve("application.jar"), folder.resolve("application.aot"));
		try {
			String recipe = recipe(source);
			Path stamp = folder.resolve("made-of");
			if (!Files.exists(stamp) || !Files.readString(stamp).equals(recipe)) {
				delete(folder);
				image.make(source, folder);
				Files.writeString(stamp, recipe);
			}
			return image;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no image of " + module, ex);
		}
	}

	/** Builds are reproducible: the same sources give the same jar, at another time. */
	private static String recipe(Path source) throws IOException {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (Path part : List.of(source, OPTIONS, TRAINING, Path.of(JAVA))) {
				digest.update(Files.readAllBytes(part));
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	private static void delete(Path folder) throws IOException {
		if (Files.exists(folder)) {
			try (Stream<Path> files = Files.walk(folder)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	private void make(Path source, Path folder) throws IOException {
		Files.createDirectories(IMAGES);
		Path log = IMAGES.resolve(folder.getFileName() + ".log");
		Files.deleteIfExists(log);
		run(IMAGES, log, JAVA, "-Djarmode=tools", "-jar", source.toString(), "extract", "--destination",
				folder.toString(), "--application-filename", "application.jar");
		run(folder, log, TRAINING.toString(), JAVA, OPTIONS.toString());
		if (!Files.exists(cache)) {
			throw new IllegalStateException("the training run left no " + cache + "; see " + log);
		}
	}

	private static void run(Path folder, Path log, String... command) throws IOException {
		Process process = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		try {
			if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IllegalStateException("%s failed or took too long; see %s".formatted(List.of(command), log));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/**
	 * The options that the JVMs of all services have here, for what is compared with
	 * them: those of the images, and a heap.
	 */
	public static List<String> options() {
		return List.of("@" + OPTIONS, "-Xmx256m");
	}

	/** The options of its JVM, as in the image, and its heap. */
	List<String> jvm(boolean withCache) {
		List<String> options = new ArrayList<>(options());
		if (withCache) {
			options.add("-XX:AOTCache=" + cache);
		}
		return options;
	}

}
