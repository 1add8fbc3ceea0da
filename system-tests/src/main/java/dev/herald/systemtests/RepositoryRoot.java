package dev.herald.systemtests;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder that holds every module. */
final class RepositoryRoot {

	private RepositoryRoot() {
	}

	static Path path() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.exists(folder.resolve("mvnw"))) {
			folder = folder.getParent();
			if (folder == null) {
				throw new IllegalStateException("not inside Herald's repository: " + Path.of("").toAbsolutePath());
			}
		}
		return folder;
	}

}
