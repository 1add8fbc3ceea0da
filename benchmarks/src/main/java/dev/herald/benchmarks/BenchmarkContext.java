package dev.herald.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run of benchmarks was asked for.
 *
 * @param size how much is measured
 * @param asked how long each figure is measured, null for what the size says
 * @param recorded whether each service is to leave a recording of the Flight Recorder
 * beside its log
 * @param logs a folder for what the processes of this benchmark print
 */
public record BenchmarkContext(Size size, @Nullable Duration asked, boolean recorded, Path logs) {

	/**
	 * How long a figure is measured: as asked for, else one of two numbers of seconds.
	 */
	public Duration seconds(int quick, int full) {
		return asked == null ? Duration.ofSeconds(size.of(quick, full)) : asked;
	}

	/** Says how far it is, on the console and nowhere else. */
	@SuppressWarnings("AnnotateFormatMethod") // Its annotation is not worth a dependency.
	public void say(String progress, Object... arguments) {
		System.err.println("  " + progress.formatted(arguments));
	}

}
