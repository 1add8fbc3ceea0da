package dev.herald.systemtests;

import java.time.Duration;

/** Waits for something that happens in another process or thread. */
public final class Pause {

	private Pause() {
	}

	/**
	 * Waits until a thread has ended.
	 * @throws IllegalStateException if interrupted
	 */
	public static void untilEndOf(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/**
	 * Waits so long.
	 * @throws IllegalStateException if interrupted
	 */
	public static void of(Duration duration) {
		try {
			Thread.sleep(duration);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
