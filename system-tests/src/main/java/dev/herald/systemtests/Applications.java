package dev.herald.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applications files beyond what the emulators write. */
public final class Applications {

	private Applications() {
	}

	/**
	 * The same applications, each with a content service; beside the file, since its
	 * paths are relative to it.
	 */
	public static Path withContentService(Path file, String url) {
		return withEntry(file, "applications-with-content.yml", "content_service:\n      url: \"" + url + "\"");
	}

	/**
	 * The same applications, each with a higher limit at FCM than a project has by
	 * default; beside the file.
	 */
	public static Path withFcmPerMinute(Path file, int perMinute) {
		return withEntry(file, "applications-with-limits.yml",
				"limits:\n      fcm: { per_minute: %d }".formatted(perMinute));
	}

	private static Path withEntry(Path file, String name, String entry) {
		try (Stream<String> lines = Files.lines(file)) {
			String content = lines.map(line -> line.matches("  [\\w.-]+:") ? line + "\n    " + entry : line)
				.collect(Collectors.joining("\n", "", "\n"));
			return Files.writeString(file.resolveSibling(name), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
