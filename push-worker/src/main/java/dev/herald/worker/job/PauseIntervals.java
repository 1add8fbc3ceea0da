package dev.herald.worker.job;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a lane that was refused waits until it is tried again: twice as long each
 * time. A value.
 *
 * @param first the first interval
 * @param longest the interval that is never exceeded
 */
record PauseIntervals(@DefaultValue("30s") Duration first, @DefaultValue("10m") Duration longest) {

	/**
	 * @throws IllegalArgumentException if an interval is not positive, or they are in the
	 * wrong order
	 */
	PauseIntervals {
		if (first.isNegative() || first.isZero()) {
			throw new IllegalArgumentException("herald.worker.pause.first must be positive, but was " + first);
		}
		if (longest.compareTo(first) < 0) {
			throw new IllegalArgumentException(
					"herald.worker.pause.longest must be at least first (%s), but was %s".formatted(first, longest));
		}
	}

	/**
	 * The interval of a pause.
	 * @param number which pause in a row it is, from 1
	 */
	Duration interval(int number) {
		Duration grown = first.multipliedBy(1L << Math.min(number - 1, 20));
		return grown.compareTo(longest) < 0 ? grown : longest;
	}

}
