package dev.herald.base.applications;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The applications file, watched: a good edit takes effect within {@link #POLL_INTERVAL},
 * a broken one keeps the last good content and is told by {@link #problem()} and the log.
 * The file is read again rather than waited for, since a file mounted into a container
 * announces no changes. Safe for use by many threads.
 */
public final class ApplicationsFile {

	/** How often the file is looked at. */
	static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

	private static final Logger log = LoggerFactory.getLogger(ApplicationsFile.class);

	private final ApplicationsReader reader;

	private final List<Consumer<Applications>> listeners = new CopyOnWriteArrayList<>();

	private byte[] lastSeen;

	private volatile Applications current;

	private volatile @Nullable String problem;

	/**
	 * Reads the file for the first time.
	 * @throws InvalidApplicationsFileException if it cannot be used: without applications
	 * a service has nothing to do
	 */
	public ApplicationsFile(Path file) {
		this.reader = new ApplicationsReader(file);
		byte[] seen = reader.read();
		this.lastSeen = seen;
		this.current = reader.parse(seen);
	}

	/** The last good content. */
	public Applications current() {
		return current;
	}

	/**
	 * What is wrong with the file as it is now, or null if it is what {@link #current()}
	 * shows.
	 */
	public @Nullable String problem() {
		return problem;
	}

	/**
	 * Calls the listener with the current applications, at once, and again after every
	 * good change. Calls come one at a time; a listener that throws is logged and does
	 * not keep the others from being called.
	 */
	public synchronized void onChange(Consumer<Applications> listener) {
		listeners.add(listener);
		listener.accept(current);
	}

	/** Looks at the file once; whatever it finds, the next look is not lost. */
	synchronized void poll() {
		try {
			byte[] seen = reader.read();
			if (problem == null && Arrays.equals(seen, lastSeen)) {
				return;
			}
			Applications changed = reader.parse(seen);
			lastSeen = seen;
			problem = null;
			if (!changed.equals(current)) {
				take(changed);
			}
		}
		catch (RuntimeException ex) {
			keepLastGood(String.valueOf(ex.getMessage()));
		}
	}

	private void keepLastGood(String newProblem) {
		if (!newProblem.equals(problem)) {
			log.error("Keeping the last good applications: {}", newProblem);
		}
		problem = newProblem;
	}

	private void take(Applications changed) {
		current = changed;
		log.info("Applications are now {}", changed);
		for (Consumer<Applications> listener : listeners) {
			try {
				listener.accept(changed);
			}
			catch (RuntimeException ex) {
				log.error("A part of the service did not take the changed applications", ex);
			}
		}
	}

}
