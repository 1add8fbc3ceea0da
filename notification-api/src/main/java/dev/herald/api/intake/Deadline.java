package dev.herald.api.intake;

import dev.herald.base.problem.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The moment by which a request must be answered, whatever it waits for. */
final class Deadline {

	private static final Logger log = LoggerFactory.getLogger(Deadline.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private final long endNanos;

	private Deadline(long endNanos) {
		this.endNanos = endNanos;
	}

	static Deadline in(Duration time) {
		return new Deadline(System.nanoTime() + time.toNanos());
	}

	/**
	 * Waits for what somebody else is to give.
	 * @param what who that is, for the answer, such as "the token store"
	 * @throws UnavailableException if it fails, or does not come in time
	 */
	<T extends @Nullable Object> T await(CompletableFuture<T> answer, String what) {
		try {
			return answer.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw unavailable(what, ex);
		}
		catch (ExecutionException ex) {
			throw unavailable(what, cause(ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unavailable(what, ex);
		}
	}

	static UnavailableException unavailable(String what, @Nullable Throwable cause) {
		log.debug("Answering 503: {}", what, cause);
		return new UnavailableException(what, RETRY_AFTER, cause);
	}

	private static @Nullable Throwable cause(ExecutionException failure) {
		Throwable cause = failure.getCause();
		return cause instanceof CompletionException wrapped ? wrapped.getCause() : cause;
	}

}
