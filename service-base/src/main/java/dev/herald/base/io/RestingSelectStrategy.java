package dev.herald.base.io;

import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a thread of Netty's rest for a moment when it has done what there was, so that what
 * comes meanwhile is read and written together: each time it is woken costs a few system
 * calls, and each write a packet and, over TLS, a record of its own. What comes while
 * nothing has happened for longer than a rest is not kept waiting.
 */
public final class RestingSelectStrategy implements SelectStrategy {

	/** Little to wait for, and enough for some dozens of pushes at full speed. */
	static final Duration REST = Duration.ofMillis(1);

	private boolean rested;

	RestingSelectStrategy() {
	}

	/** For any number of event loops, each of which has a strategy of its own. */
	public static SelectStrategyFactory newFactory() {
		return RestingSelectStrategy::new;
	}

	/**
	 * Called by the event loop's thread before each of its rounds.
	 * @param hasTasks whether something waits to be run on this thread
	 * @return how many channels are ready, or {@link #SELECT} to wait for one
	 */
	@Override
	public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
		if (hasTasks) {
			rested = false;
			return selectNow.get();
		}
		if (rested) {
			rested = false;
			return SELECT;
		}
		LockSupport.parkNanos(REST.toNanos());
		int ready = selectNow.get();
		rested = ready == 0;
		return ready;
	}

}
