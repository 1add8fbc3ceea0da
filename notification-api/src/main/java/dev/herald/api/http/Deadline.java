package dev.herald.api.http;

import dev.herald.base.problem.UnavailableException;
import dev.herald.base.time.TimeLimit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moment by which a request must be answered, whatever it waits for: a caller learns
 * within two seconds that something is away, and this leaves room for the rest of the
 * way. Safe for use by many threads.
 */
public final class Deadline {

	private static final Logger log = LoggerFactory.getLogger(Deadline.class);

	private static final Duration TIME_LIMIT = Duration.ofMillis(1_500);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private final long endNanos;

	private volatile boolean givenUp;

	private Deadline(long endNanos) {
		this.endNanos = endNanos;
	}

	/** The deadline of a request that has just come. */
	public static Deadline ofNewRequest() {
		return new Deadline(System.nanoTime() + TIME_LIMIT.toNanos());
	}

	/** A deadline of so long from now, for what nobody but an operator waits for. */
	public static Deadline within(Duration patience) {
		return new Deadline(System.nanoTime() + patience.toNanos());
	}

	/**
	 * Waits for what somebody else is to give.
	 * @param what who that is, for the answer, such as "the token store"
	 * @throws UnavailableException if it fails, or does not come in time; it may still
	 * come afterwards
	 */
	public <T extends @Nullable Object> T await(CompletableFuture<T> answer, String what) {
		return await(answer, () -> what);
	}

	/**
	 * Waits for what several are to give, one after the other.
	 * @param awaited whose turn it is, as {@code what} above; asked once the wait ended
	 * in vain
	 * @throws UnavailableException as above
	 */
	public <T extends @Nullable Object> T await(CompletableFuture<T> answer, Supplier<String> awaited) {
		try {
			return limited(answer).get();
		}
		catch (ExecutionException ex) {
			if (cause(ex) instanceof UnavailableException already) {
				givenUp = true;
				throw already;
			}
			throw givenUp(awaited.get(), cause(ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw givenUp(awaited.get(), ex);
		}
	}

	/** A copy, since the answer may still come, and be wanted, after the deadline. */
	private <T extends @Nullable Object> CompletableFuture<T> limited(CompletableFuture<T> answer) {
		if (answer.isDone()) {
			return answer;
		}
		CompletableFuture<T> limited = answer.copy();
		TimeLimit.set(limited, Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
		return limited;
	}

	/**
	 * To be asked before a step that others came before: whoever waited may be gone.
	 * @param what who was waited for until now
	 * @throws UnavailableException if the deadline has passed, or a wait ended in vain
	 */
	public void check(String what) {
		if (givenUp || System.nanoTime() - endNanos >= 0) {
			throw unavailable(what, null);
		}
	}

	private UnavailableException givenUp(String what, @Nullable Throwable cause) {
		givenUp = true;
		return unavailable(what, cause);
	}

	/** Says that something is away. */
	public static UnavailableException unavailable(String what, @Nullable Throwable cause) {
		// Not louder: an outage would write a line for each request.
		log.debug("Answering 503: {}", what, cause);
		return new UnavailableException(what, RETRY_AFTER, cause);
	}

	private static @Nullable Throwable cause(ExecutionException failure) {
		Throwable cause = failure.getCause();
		return cause instanceof CompletionException wrapped ? wrapped.getCause() : cause;
	}

}
