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
 * readable by their owner alone where the file system knows owners, unless they are open.
 */
public final class SecretFile {

	private SecretFile() {
	}

	/**
	 * Writes a secret, for its owner alone.
	 * @throws UncheckedIOException if it cannot be written
	 */
	public static void write(Path file, String content) {
		write(file, content, "rw-------");
	}

	/**
	 * Writes what lies among the secrets and is none, for all to read.
	 * @throws UncheckedIOException if it cannot be written
	 */
	public static void writeOpen(Path file, String content) {
		write(file, content, "rw-r--r--");
	}

	private static void write(Path file, String content, String permissions) {
		try {
			Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
			Files.createDirectories(directory);
			Path temporary = Files.createTempFile(directory, "." + file.getFileName(), ".new");
			if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
				Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
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
