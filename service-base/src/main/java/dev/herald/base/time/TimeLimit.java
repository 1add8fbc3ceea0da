package dev.herald.base.time;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A limit of how long something is waited for. One thread keeps the time for all, by a
 * wheel (Varghese and Lauck, <em>Hashed and Hierarchical Timing Wheels</em>): to set a
 * limit and to lift it wakes nobody, where {@link CompletableFuture#orTimeout} and a
 * virtual thread's wait with a time limit wake the JDK's timer each time. In return what
 * is late is given up to two tenths of a second after its limit. Safe for use by many
 * threads.
 */
public final class TimeLimit implements AutoCloseable {

	private static final Duration TICK = Duration.ofMillis(100);

	/** Its thread ends with the JVM, as a daemon. */
	private static final Timer WHEEL = new HashedWheelTimer(new DefaultThreadFactory("time-limits", true),
			TICK.toMillis(), TimeUnit.MILLISECONDS);

	private final Timeout timeout;

	private TimeLimit(Timeout timeout) {
		this.timeout = timeout;
	}

	/**
	 * Sets a limit for what the caller is about to do, to be closed once that is done.
	 * @param giveUp ends what takes longer; it runs on the thread that keeps the time,
	 * and must not block
	 */
	public static TimeLimit of(Duration limit, Runnable giveUp) {
		return new TimeLimit(WHEEL.newTimeout(late -> giveUp.run(), limit.toNanos(), TimeUnit.NANOSECONDS));
	}

	/**
	 * Fails an answer with a {@link TimeoutException} if it has not come in time. What
	 * depends on it then runs on the thread that keeps the time, and must not block.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // lifting the limit passes nothing on
	public static void set(CompletableFuture<?> answer, Duration limit) {
		TimeLimit set = of(limit, () -> answer.completeExceptionally(new TimeoutException("no reply within " + limit)));
		answer.whenComplete((come, failure) -> set.close());
	}

	/** Lifts the limit, if it has not passed. */
	@Override
	public void close() {
		timeout.cancel();
	}

}
