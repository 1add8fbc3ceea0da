package dev.herald.worker.push;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives up replies of providers that do not come. One thread keeps the time for all, by a
 * wheel (Varghese and Lauck, <em>Hashed and Hierarchical Timing Wheels</em>): to set a
 * limit and to lift it wakes nobody, where {@link CompletableFuture#orTimeout} and a
 * virtual thread's wait with a time limit wake the JDK's timer for every push.
 */
public final class ReplyTimeLimit {

	private static final Duration TICK = Duration.ofMillis(100);

	/** Its thread ends with the JVM, as a daemon. */
	private static final Timer WHEEL = new HashedWheelTimer(new DefaultThreadFactory("reply-time-limit", true),
			TICK.toMillis(), TimeUnit.MILLISECONDS);

	private ReplyTimeLimit() {
	}

	/**
	 * Fails a reply with a {@link TimeoutException} if it has not come in time, up to two
	 * tenths of a second after that. What depends on it then runs on the thread that
	 * keeps the time, and must not block.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // lifting the limit passes nothing on
	public static void set(CompletableFuture<?> reply, Duration limit) {
		Timeout timeout = WHEEL.newTimeout(
				late -> reply.completeExceptionally(new TimeoutException("no reply within " + limit)), limit.toNanos(),
				TimeUnit.NANOSECONDS);
		reply.whenComplete((come, failure) -> timeout.cancel());
	}

}
