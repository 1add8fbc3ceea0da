package dev.herald.worker.job;

import dev.herald.common.push.PushPriority;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Accepted;
import dev.herald.worker.push.PushOutcome.Expired;
import dev.herald.worker.push.PushOutcome.Misconfigured;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushOutcome.TokenInvalid;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets the pushes of one lane through to the provider: no more at a time than its
 * {@link AdaptiveLimit} allows, no faster than its {@link SendRate}, and the urgent ones
 * first, in order of arrival otherwise. The others wait their turn without a thread; how
 * many may wait is bounded by the caller. Safe for use by many threads.
 *
 * @param <J> what waits for a turn
 */
final class SendGate<J> {

	/** The rate may rise while somebody waits for it. */
	private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

	private final AdaptiveLimit limit;

	private final SendRate rate;

	private final TimeMeter time;

	private final Executor executor;

	private final Queue<Waiting<J>> urgent = new ArrayDeque<>();

	private final Queue<Waiting<J>> others = new ArrayDeque<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	/**
	 * Counts the requests to start what waits; whoever finds it at zero does the work.
	 */
	private final AtomicInteger wakeUps = new AtomicInteger();

	private final AtomicBoolean alarmSet = new AtomicBoolean();

	/**
	 * @param mostInFlight the most that the limit may grow to
	 * @param perMinute the application's quota, all workers together, or null for none
	 * @param executor starts what had to wait for the rate
	 */
	SendGate(int mostInFlight, @Nullable Integer perMinute, TimeMeter time, Executor executor) {
		this.limit = new AdaptiveLimit(mostInFlight, time.currentTimeNanos());
		this.rate = new SendRate(perMinute, time);
		this.time = time;
		this.executor = executor;
	}

	/**
	 * Makes the call when its turn comes, on the caller's thread or another.
	 * @param waiting whose turn it is to be
	 * @param wanted whether a turn is still of use; once it is not, the call is made out
	 * of turn, to find that out, as soon as {@link #startWaiting()} is called
	 * @param call must not block; an exception it throws fails the result
	 * @return what the call returned
	 */
	<T> CompletableFuture<T> run(J waiting, PushPriority priority, BooleanSupplier wanted,
			Supplier<CompletableFuture<T>> call) {
		CompletableFuture<T> result = new CompletableFuture<>();
		Waiting<J> last = new Waiting<>(waiting, wanted, () -> start(call, result));
		synchronized (this) {
			switch (priority) {
				case HIGH -> urgent.add(last);
				case NORMAL -> others.add(last);
			}
		}
		startWaiting();
		return result;
	}

	/** Whether more wait than can be under way at a time. */
	synchronized boolean isCrowded() {
		return urgent.size() + others.size() > limit.current();
	}

	/** Whose turns come next, in their order. */
	synchronized List<J> nextInLine(int most) {
		return Stream.concat(urgent.stream(), others.stream()).limit(most).map(Waiting::job).toList();
	}

	/**
	 * Learns from how a push ended.
	 * @param latency how long that took, in nanoseconds
	 */
	void learn(PushOutcome outcome, long latency) {
		long now = time.currentTimeNanos();
		switch (outcome) {
			case Accepted accepted -> limit.answered(latency, inFlight(), now);
			case TokenInvalid invalid -> limit.answered(latency, inFlight(), now);
			case Retryable retryable -> learn(retryable, latency, now);
			// Some of these the provider was not asked about.
			case Rejected rejected -> {
			}
			case Misconfigured misconfigured -> {
			}
			case Expired() -> {
			}
		}
	}

	private void learn(Retryable failure, long latency, long now) {
		switch (failure.trouble()) {
			case DEVICE -> limit.answered(latency, inFlight(), now);
			case PROVIDER -> limit.failed(inFlight(), now);
			case QUOTA -> {
				limit.failed(inFlight(), now);
				rate.refused(failure.retryAfter());
			}
		}
	}

	/** The application's quota is shared by so many workers. */
	void sharedBy(int consumers) {
		rate.sharedBy(consumers);
	}

	/** Calls under way. */
	int inFlight() {
		return inFlight.get();
	}

	/** How many calls may be under way. */
	int limit() {
		return limit.current();
	}

	/** Pushes a second that may be sent; infinite where there is no limit. */
	double perSecond() {
		return rate.perSecond();
	}

	/**
	 * Starts what may start. A loop rather than recursion: a call may end at once, and a
	 * thousand may wait behind it.
	 */
	void startWaiting() {
		if (wakeUps.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			for (Waiting<J> next = next(); next != null; next = next()) {
				inFlight.incrementAndGet();
				next.start.run();
			}
			seen = wakeUps.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private synchronized @Nullable Waiting<J> next() {
		for (Queue<Waiting<J>> queue : List.of(urgent, others)) {
			Waiting<J> first = queue.peek();
			if (first != null && !first.wanted.getAsBoolean()) {
				return queue.poll();
			}
		}
		Queue<Waiting<J>> queue = urgent.isEmpty() ? others : urgent;
		return queue.isEmpty() || inFlight.get() >= limit.current() || !mayBeSentNow() ? null : queue.poll();
	}

	private boolean mayBeSentNow() {
		long wait = rate.tryTake();
		if (wait > 0 && alarmSet.compareAndSet(false, true)) {
			wakeUpIn(Duration.ofNanos(Math.min(wait, LONGEST_WAIT)));
		}
		return wait == 0;
	}

	private void wakeUpIn(Duration wait) {
		CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, executor).execute(() -> {
			alarmSet.set(false);
			startWaiting();
		});
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

	private record Waiting<J>(J job, BooleanSupplier wanted, Runnable start) {
	}

}
