package dev.herald.worker.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own, until it is closed. Closing
 * waits for nothing.
 */
final class Repetition implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Repetition.class);

	private final Duration pause;

	private final Runnable task;

	private final CountDownLatch closed = new CountDownLatch(1);

	private Repetition(Duration pause, Runnable task) {
		this.pause = pause;
		this.task = task;
	}

	/**
	 * Starts at once.
	 * @param pause between the end of one time and the beginning of the next
	 * @param task may block; what it throws is logged and ends nothing
	 */
	static Repetition start(String name, Duration pause, Runnable task) {
		Repetition repetition = new Repetition(pause, task);
		Thread.ofVirtual().name(name).start(repetition::run);
		return repetition;
	}

	private void run() {
		try {
			do {
				once();
			}
			while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void once() {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			log.error("{} failed, and tries again in {}", Thread.currentThread().getName(), pause, ex);
		}
	}

	@Override
	public void close() {
		closed.countDown();
	}

}
