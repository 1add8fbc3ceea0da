package dev.herald.api.targeted;

import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.broker.PublishException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

	/** How long the broker may be silent. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration WHEN_SATURATED = Duration.ofMillis(20);

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
	 * Publishes a pair; returns when it is on its way.
	 * @throws BrokerAwayException if the broker did not take an earlier one
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the callback sees every end
	void publish(OutgoingMessage message) {
		acquire(1);
		CompletableFuture<@Nullable Void> published = publisher.publish(message);
		long end = System.nanoTime() + PATIENCE.toNanos();
		// Others have taken all that may be unconfirmed; that is known at once.
		while (isSaturated(published) && System.nanoTime() - end < 0) {
			pause();
			published = publisher.publish(message);
		}
		published.whenComplete((nothing, failed) -> {
			if (failed == null) {
				confirmed.incrementAndGet();
			}
			else {
				failure.compareAndSet(null, failed);
			}
			room.release();
		});
	}

	private static boolean isSaturated(CompletableFuture<?> published) {
		return published.isCompletedExceptionally() && published.exceptionNow() instanceof PublishException ours
				&& ours.reason() == PublishException.Reason.SATURATED;
	}

	private static void pause() {
		try {
			Thread.sleep(WHEN_SATURATED);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BrokerAwayException("interrupted", ex);
		}
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
			if (!room.tryAcquire(permits, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new BrokerAwayException("no confirm for " + PATIENCE, null);
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
