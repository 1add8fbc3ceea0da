package dev.herald.testsupport;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Says something to whoever started the tests. System.out goes to a file under Surefire,
 * and the process's own standard output is how Surefire's fork talks to Maven; its
 * standard error comes through as it is.
 */
final class Console {

	private Console() {
	}

	static void say(String line) {
		try {
			// Not closed: the descriptor is the process's.
			new FileOutputStream(FileDescriptor.err).write((line + "\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ignored) {
			// Nobody listens.
		}
	}

}
