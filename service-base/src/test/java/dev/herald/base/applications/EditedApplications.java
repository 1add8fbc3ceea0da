package dev.herald.base.applications;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An applications file that a test edits, looked at when the test says so. */
public final class EditedApplications {

	private final Path path;

	private final ApplicationsFile file;

	/** With FCM for each of these applications. */
	public EditedApplications(Path directory, String... applications) {
		this.path = directory.resolve("applications.yml");
		write(applications);
		this.file = new ApplicationsFile(path);
	}

	public ApplicationsFile file() {
		return file;
	}

	public void edit(String... applications) {
		write(applications);
		file.poll();
	}

	private void write(String... applications) {
		StringBuilder yaml = new StringBuilder("applications:\n");
		for (String application : applications) {
			yaml.append("  ").append(application).append(":\n    fcm: { service_account: sa.json }\n");
		}
		try {
			Files.writeString(path, yaml);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
