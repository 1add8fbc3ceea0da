package dev.herald.worker.job;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets a bounded number of asynchronous calls be under way, and the others wait their
 * turn without a thread. How many may wait is bounded by the caller. Safe for use by many
 * threads.
 */
final class InFlightLimit {

	private final int limit;

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	/**
	 * Counts the requests to start what waits; whoever finds it at zero does the work.
	 */
	private final AtomicInteger wakeUps = new AtomicInteger();

	InFlightLimit(int limit) {
		this.limit = limit;
	}

	/**
	 * Makes the call as soon as there is room, on the caller's thread or on one that
	 * ended another call.
	 * @param call must not block; an exception it throws fails the result
	 * @return what the call returned
	 */
	<T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> call) {
		CompletableFuture<T> result = new CompletableFuture<>();
		waiting.add(() -> start(call, result));
		startWaiting();
		return result;
	}

	/** Calls under way. */
	int inFlight() {
		return inFlight.get();
	}

	/**
	 * A loop rather than recursion: a call may end at once, and a thousand may wait
	 * behind it.
	 */
	private void startWaiting() {
		if (wakeUps.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			while (inFlight.get() < limit) {
				Runnable next = waiting.poll();
				if (next == null) {
					break;
				}
				inFlight.incrementAndGet();
				next.run();
			}
			seen = wakeUps.addAndGet(-seen);
		}
		while (seen != 0);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the callback passes every end on
	private <T> void start(Supplier<CompletableFuture<T>> call, CompletableFuture<T> result) {
		called(call).whenComplete((value, failure) -> {
			inFlight.decrementAndGet();
			if (failure == null) {
				result.complete(value);
			}
			else {
				result.completeExceptionally(failure);
			}
			startWaiting();
		});
	}

	private static <T> CompletableFuture<T> called(Supplier<CompletableFuture<T>> call) {
		try {
			return call.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
