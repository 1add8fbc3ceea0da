package dev.herald.base.time;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps calls of a kind, which carry whatever has gathered meanwhile, apart: the next
 * begins when as much time has passed since the last one as that took, or so many times
 * as much, {@link #LONGEST} at most, or longer if it is said to. Where cores are free a
 * call is short and so is the rest after it. Where they are not, calls take longer, and
 * rests make them fewer and fuller, which is what frees the cores. Safe for use by many
 * threads.
 */
public final class Rest {

	/** So that nobody is delayed by much, whatever a call takes. */
	static final Duration LONGEST = Duration.ofMillis(20);

	private final LongSupplier nanoTime;

	private final int times;

	private final long shortestNanos;

	private long lastNanos;

	private long overAt;

	/**
	 * No call has been made yet: there is nothing to rest from.
	 * @param nanoTime the time, as {@link System#nanoTime}
	 * @param times how many times as long as a call its rest is
	 */
	public Rest(LongSupplier nanoTime, int times) {
		this(nanoTime, times, Duration.ZERO);
	}

	/**
	 * As {@link #Rest(LongSupplier, int)}.
	 * @param shortest the least time between the end of a call and the next, where those
	 * who wait for it have the time
	 */
	public Rest(LongSupplier nanoTime, int times, Duration shortest) {
		this.nanoTime = nanoTime;
		this.times = times;
		this.shortestNanos = shortest.toNanos();
		this.overAt = nanoTime.getAsLong();
	}

	/**
	 * A call begins. Until it ends it is taken to last as long as the one before, so that
	 * one that hangs does not hold up the next.
	 * @return when it began, for {@link #end}
	 */
	public synchronized long begin() {
		long now = nanoTime.getAsLong();
		overAt = now + lastNanos + restNanos();
		return now;
	}

	/**
	 * A call has ended; the rest begins.
	 * @param begun when the call began
	 */
	public synchronized void end(long begun) {
		long now = nanoTime.getAsLong();
		lastNanos = Math.min(now - begun, LONGEST.toNanos());
		overAt = now + Math.max(restNanos(), shortestNanos);
	}

	private long restNanos() {
		return Math.min(times * lastNanos, LONGEST.toNanos());
	}

	/**
	 * @return the nanoseconds until the next call is to begin; none or less if it may now
	 */
	public synchronized long leftNanos() {
		return overAt - nanoTime.getAsLong();
	}

}
