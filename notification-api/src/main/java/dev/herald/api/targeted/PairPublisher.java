package dev.herald.api.targeted;

import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.OutgoingMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the pairs of one stream, a bounded number unconfirmed: whoever publishes more
 * waits, and so does the client behind it. Publishing is for one thread.
 */
final class PairPublisher {

	private static final int PATIENCE_SECONDS = 10;

	/** How long the broker may be silent. */
	private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

	/** Publishing may block for a moment while it connects. */
	private static final Executor AGAIN = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS,
			task -> Thread.ofVirtual().name("pair-again").start(task));

	private final ConfirmedPublisher publisher;

	private final int window;

	private final Semaphore room;

	private final AtomicLong confirmed = new AtomicLong();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	PairPublisher(ConfirmedPublisher publisher, int window) {
		this.publisher = publisher;
		this.window = window;
		this.room = new Semaphore(window);
	}

	/**
	 * Publishes a pair; returns when it is on its way. One that the broker does not take
	 * is published again for {@value #PATIENCE_SECONDS} s: a stream of hours does not end
	 * because a connection did.
	 * @throws BrokerAwayException if the broker did not take an earlier one
	 */
	void publish(OutgoingMessage message) {
		acquire(1);
		send(message, System.nanoTime() + PATIENCE.toNanos());
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the callback sees every end
	private void send(OutgoingMessage message, long endNanos) {
		publisher.publish(message).whenComplete((nothing, failed) -> {
			if (failed != null && System.nanoTime() - endNanos < 0) {
				AGAIN.execute(() -> send(message, endNanos));
				return;
			}
			if (failed == null) {
				confirmed.incrementAndGet();
			}
			else {
				failure.compareAndSet(null, failed);
			}
			room.release();
		});
	}

	/**
	 * Waits for every confirm.
	 * @throws BrokerAwayException if the broker did not take one
	 */
	void finish() {
		acquire(window);
		room.release(window);
		requireTaken();
	}

	private void acquire(int permits) {
		try {
			// Twice: what was published last may be published again for as long.
			if (!room.tryAcquire(permits, 2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new BrokerAwayException("no confirm for " + PATIENCE.multipliedBy(2), null);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BrokerAwayException("interrupted", ex);
		}
		if (failure.get() != null) {
			room.release(permits);
			requireTaken();
		}
	}

	private void requireTaken() {
		Throwable failed = failure.get();
		if (failed != null) {
			throw new BrokerAwayException(String.valueOf(failed.getMessage()), failed);
		}
	}

	/** How many pairs the broker has confirmed. */
	long confirmed() {
		return confirmed.get();
	}

	/** The broker did not take a pair. */
	static final class BrokerAwayException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		BrokerAwayException(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

}
