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
		try (Stream<String> lines = Files.lines(file)) {
			String entry = "\n    content_service:\n      url: \"" + url + "\"";
			String content = lines.map(line -> line.matches("  [\\w.-]+:") ? line + entry : line)
				.collect(Collectors.joining("\n", "", "\n"));
			return Files.writeString(file.resolveSibling("applications-with-content.yml"), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
