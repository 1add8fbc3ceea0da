package dev.herald.testsupport;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Stops processes where they are, and lets them go on: their connections stay, and nobody
 * answers on them. Thread-safe.
 */
public final class Suspension {

	private Suspension() {
	}

	/**
	 * Stops a process, its children not.
	 * @throws IllegalStateException if that cannot be done
	 */
	public static void stop(ProcessHandle process) {
		signal("STOP", process);
	}

	/**
	 * Lets it go on.
	 * @throws IllegalStateException if that cannot be done
	 */
	public static void end(ProcessHandle process) {
		signal("CONT", process);
	}

	private static void signal(String name, ProcessHandle process) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			boolean sent = kill.waitFor(30, TimeUnit.SECONDS) && kill.exitValue() == 0;
			if (!sent && process.isAlive()) {
				throw new IllegalStateException("%s took no SIG%s".formatted(process, name));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("no SIG%s could be sent to %s".formatted(name, process), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
