package dev.herald.systemtests;

import java.time.Duration;

/** Waits between two looks at something that happens in another process. */
public final class Pause {

	private Pause() {
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
