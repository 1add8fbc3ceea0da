package dev.herald.testsupport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something to undo once: when asked, or else when the JVM ends, the last first. Ryuk,
 * which Testcontainers would leave this to, may be switched off and knows no processes.
 */
final class Cleanup implements Runnable {

	private static final Logger LOGGER = LoggerFactory.getLogger(Cleanup.class);

	private static final Set<Cleanup> PENDING = new LinkedHashSet<>();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(Cleanup::runPending, "test backends cleanup"));
	}

	private final String what;

	private final Action action;

	private final AtomicBoolean done = new AtomicBoolean();

	private Cleanup(String what, Action action) {
		this.what = what;
		this.action = action;
	}

	/**
	 * @param what completes "could not …" in the log
	 */
	static Cleanup of(String what, Action action) {
		Cleanup cleanup = new Cleanup(what, action);
		synchronized (PENDING) {
			PENDING.add(cleanup);
		}
		return cleanup;
	}

	/** Undoes it, unless that was done. A failure is logged: the tests are over. */
	@Override
	public void run() {
		if (!done.compareAndSet(false, true)) {
			return;
		}
		abandon();
		try {
			action.run();
		}
		catch (Exception ex) {
			LOGGER.warn("could not {}", what, ex);
		}
	}

	/** Takes it as done. */
	void abandon() {
		done.set(true);
		synchronized (PENDING) {
			PENDING.remove(this);
		}
	}

	private static void runPending() {
		Deque<Cleanup> lastFirst = new ArrayDeque<>();
		synchronized (PENDING) {
			PENDING.forEach(lastFirst::push);
		}
		lastFirst.forEach(Cleanup::run);
	}

	/** What undoes it. */
	@FunctionalInterface
	interface Action {

		void run() throws Exception;

	}

}
