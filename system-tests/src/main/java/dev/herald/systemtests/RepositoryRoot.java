package dev.herald.systemtests;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the folder that holds every module. */
public final class RepositoryRoot {

	private RepositoryRoot() {
	}

	/**
	 * The folder, seen from the one this process was started in.
	 * @throws IllegalStateException if that is not inside the repository
	 */
	public static Path path() {
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
