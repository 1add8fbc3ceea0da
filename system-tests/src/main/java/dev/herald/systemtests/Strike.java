package dev.herald.systemtests;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How hard a fault strikes.
 *
 * @param house what it strikes
 * @param random draws the moments
 * @param times how often what is killed is killed
 * @param lasting how long what lasts lasts
 */
public record Strike(House house, RandomGenerator random, int times, Duration lasting) {

	private static final int LONGEST_WAIT_MILLIS = 1500;

	/** Does it several times, each after a random wait. */
	void atRandomMoments(Runnable breaking) {
		for (int i = 0; i < times; i++) {
			Pause.of(Duration.ofMillis(random.nextInt(LONGEST_WAIT_MILLIS)));
			breaking.run();
		}
	}

	/** Breaks it and mends it after a while. */
	void forAWhile(Runnable breaking, Runnable mending) {
		lastingFor(lasting, breaking, mending);
	}

	/** Breaks it and mends it after so long. */
	void lastingFor(Duration duration, Runnable breaking, Runnable mending) {
		breaking.run();
		try {
			Pause.of(duration);
		}
		finally {
			mending.run();
		}
	}

}
