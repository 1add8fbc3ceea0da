package dev.herald.base.coalesce;

import dev.herald.base.time.Rest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.core.NestedExceptionUtils;

/**
 * Turns single questions into calls that answer many. A question goes out at once while a
 * call is free; whatever arrives while all calls are under way, or during the
 * {@link Rest} after one, goes together with the next. What is enough for a call rests no
 * longer, and does not wait for the one under way while another is free. So a lone
 * request waits for nobody, and under load the number of round trips grows with their
 * duration, not with the number of requests. Safe for use by many threads.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class Coalescer<Q, A> {

	private static final Logger log = LoggerFactory.getLogger(Coalescer.class);

	/** How many times as long as a call its rest is. */
	private static final int RESTS = 2;

	private static final Duration WARNING_INTERVAL = Duration.ofSeconds(1);

	private final Settings settings;

	private final Executor executor;

	private final Function<List<Q>, List<A>> call;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition enough = lock.newCondition();

	private final Queue<Waiting<Q, A>> waiting = new ArrayDeque<>();

	private final Rest rest;

	private final AtomicLong nextWarningNanos = new AtomicLong(System.nanoTime());

	/** With the one that rests. */
	private int callsUnderWay;

	/** One rests for all: what waits is its. */
	private boolean resting;

	/**
	 * @param executor runs the calls, {@link Settings#maxCalls()} at a time; a call may
	 * block
	 * @param call answers every question of a list, in its order; it must have a time
	 * limit of its own
	 */
	public Coalescer(Settings settings, Executor executor, Function<List<Q>, List<A>> call) {
		this(settings, executor, System::nanoTime, call);
	}

	Coalescer(Settings settings, Executor executor, LongSupplier nanoTime, Function<List<Q>, List<A>> call) {
		this.settings = settings;
		this.executor = executor;
		this.rest = new Rest(nanoTime, RESTS);
		this.call = call;
	}

	/**
	 * Asks one question. Never blocks. The answer's dependents run on the thread that
	 * made the call.
	 * @return the answer; it fails with {@link TooManyWaitingException} if too many
	 * questions wait already, and with whatever the call threw
	 */
	public CompletableFuture<A> ask(Q question) {
		return askAll(List.of(question)).getFirst();
	}

	/**
	 * Asks several questions, which go out together as far as a call has room for them.
	 * Otherwise as {@link #ask}.
	 * @return an answer for each question, in their order
	 */
	public List<CompletableFuture<A>> askAll(List<Q> questions) {
		List<CompletableFuture<A>> answers = new ArrayList<>(questions.size());
		lock.lock();
		try {
			questions.forEach(question -> answers.add(await(question)));
			if (resting && isEnough()) {
				enough.signal();
			}
		}
		finally {
			lock.unlock();
		}
		startForWhatWaits();
		return answers;
	}

	private CompletableFuture<A> await(Q question) {
		if (waiting.size() >= settings.maxWaiting()) {
			return CompletableFuture.failedFuture(new TooManyWaitingException(settings));
		}
		Waiting<Q, A> entry = new Waiting<>(question, new CompletableFuture<>());
		waiting.add(entry);
		return entry.answer;
	}

	private void startForWhatWaits() {
		if (takesAPlace()) {
			startCalling();
		}
	}

	private boolean takesAPlace() {
		lock.lock();
		try {
			boolean free = !waiting.isEmpty() && !resting && callsUnderWay < settings.maxCalls();
			callsUnderWay += free ? 1 : 0;
			return free;
		}
		finally {
			lock.unlock();
		}
	}

	private void startCalling() {
		try {
			executor.execute(this::callUntilNobodyWaits);
		}
		catch (RejectedExecutionException ex) {
			nextBatch().forEach(entry -> entry.answer.completeExceptionally(ex));
			lock.lock();
			callsUnderWay--;
			lock.unlock();
		}
	}

	private void callUntilNobodyWaits() {
		List<Waiting<Q, A>> batch = nextBatchOrStop();
		while (!batch.isEmpty()) {
			// This call may hang, and whoever asks next may be far off.
			startForWhatWaits();
			long begun = rest.begin();
			answer(batch);
			rest.end(begun);
			batch = nextBatchOrStop();
		}
	}

	private List<Waiting<Q, A>> nextBatchOrStop() {
		lock.lock();
		try {
			List<Waiting<Q, A>> batch = resting ? List.of() : nextBatchAfterRest();
			if (batch.isEmpty()) {
				callsUnderWay--;
			}
			return batch;
		}
		finally {
			lock.unlock();
		}
	}

	private List<Waiting<Q, A>> nextBatchAfterRest() {
		resting = true;
		try {
			for (long left = rest.leftNanos(); left > 0 && mayRest(); left = rest.leftNanos()) {
				enough.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			resting = false;
		}
		return nextBatch();
	}

	private boolean mayRest() {
		return !waiting.isEmpty() && !isEnough();
	}

	private boolean isEnough() {
		return waiting.size() >= settings.enough();
	}

	private List<Waiting<Q, A>> nextBatch() {
		lock.lock();
		try {
			List<Waiting<Q, A>> batch = new ArrayList<>(Math.min(waiting.size(), settings.maxBatch()));
			while (batch.size() < settings.maxBatch()) {
				Waiting<Q, A> entry = waiting.poll();
				if (entry == null) {
					break;
				}
				batch.add(entry);
			}
			return batch;
		}
		finally {
			lock.unlock();
		}
	}

	private void answer(List<Waiting<Q, A>> batch) {
		try {
			List<A> answers = call.apply(batch.stream().map(Waiting::question).toList());
			if (answers.size() != batch.size()) {
				throw new IllegalStateException("%s must answer each of %d questions, but answered %d"
					.formatted(settings.name(), batch.size(), answers.size()));
			}
			for (int i = 0; i < batch.size(); i++) {
				batch.get(i).answer.complete(answers.get(i));
			}
		}
		catch (RuntimeException | Error ex) {
			logFailure(batch.size(), ex);
			batch.forEach(entry -> entry.answer.completeExceptionally(ex));
		}
	}

	/** An outage fails hundreds of calls a second; one line for a second says as much. */
	private void logFailure(int questions, Throwable failure) {
		long now = System.nanoTime();
		long next = nextWarningNanos.get();
		boolean due = now - next >= 0 && nextWarningNanos.compareAndSet(next, now + WARNING_INTERVAL.toNanos());
		log.atLevel(due ? Level.WARN : Level.DEBUG)
			.log("{} failed for {} at once: {}", settings.name(), questions,
					NestedExceptionUtils.getMostSpecificCause(failure).toString());
	}

	private record Waiting<Q, A>(Q question, CompletableFuture<A> answer) {
	}

	/**
	 * The bounds of a coalescer.
	 *
	 * @param name what the calls do, for messages, such as "device look-up"
	 * @param enough so many questions wait for no more to come
	 * @param maxBatch the most questions in one call
	 * @param maxCalls the most calls at one time
	 * @param maxWaiting the most questions that wait for a call
	 */
	public record Settings(String name, int enough, int maxBatch, int maxCalls, int maxWaiting) {

		/**
		 * More in one call make each cheaper by little, and all of them wait for it
		 * longer.
		 */
		private static final int ENOUGH_FOR_REQUESTS = 24;

		/**
		 * @throws IllegalArgumentException if a bound is not positive
		 */
		public Settings {
			if (enough < 1 || maxBatch < 1 || maxCalls < 1 || maxWaiting < 1) {
				throw new IllegalArgumentException(
						"the bounds of %s must be positive, but were enough %d, batch %d, calls %d, waiting %d"
							.formatted(name, enough, maxBatch, maxCalls, maxWaiting));
			}
		}

		/** Where nobody waits for an answer: a call is enough when it is full. */
		public static Settings full(String name, int maxBatch, int maxCalls, int maxWaiting) {
			return new Settings(name, maxBatch, maxBatch, maxCalls, maxWaiting);
		}

		/** Where requests wait for the answers. */
		public static Settings forRequests(String name, int maxBatch, int maxCalls, int maxWaiting) {
			return new Settings(name, Math.min(ENOUGH_FOR_REQUESTS, maxBatch), maxBatch, maxCalls, maxWaiting);
		}

	}

}
