package dev.herald.emulators.credentials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Files that hold keys: replaced as a whole, so that no reader sees half of one, and
 * readable by their owner alone where the file system knows owners.
 */
public final class SecretFile {

	private SecretFile() {
	}

	/**
	 * Writes a file, and its directories.
	 * @throws UncheckedIOException if it cannot be written
	 */
	public static void write(Path file, String content) {
		try {
			Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
			Files.createDirectories(directory);
			Path temporary = Files.createTempFile(directory, "." + file.getFileName(), ".new");
			if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
				Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
			}
			Files.writeString(temporary, content);
			Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write " + file + ", expected a writable directory", ex);
		}
	}

	/**
	 * Reads a file.
	 * @throws UncheckedIOException if it cannot be read
	 */
	public static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + file, ex);
		}
	}

}
