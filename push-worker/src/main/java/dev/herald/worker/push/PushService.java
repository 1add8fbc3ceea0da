package dev.herald.worker.push;

import dev.herald.common.push.PushJob;
import java.util.concurrent.CompletableFuture;

/**
 * Sends the pushes of one application through one provider.
 *
 * <p>
 * A push ends in one of the ways of {@link PushOutcome}, and in no other: a provider's
 * refusal, a broken connection and a reply that never comes are outcomes too. A future
 * that completes exceptionally is a bug of the implementation.
 *
 * <p>
 * Safe for use by many threads. How many pushes are in flight is bounded by the caller.
 * Closed by whoever opened it, once nothing is in flight any more.
 */
public interface PushService extends AutoCloseable {

	/**
	 * Hands one push to the provider and returns at once.
	 * @param job what to send; whether it has expired is the caller's question
	 * @return completes within the provider's request timeout and a little more, on a
	 * thread that may block
	 */
	CompletableFuture<PushOutcome> send(PushJob job);

	/** Closes the connections. Does not throw; a second call has no effect. */
	@Override
	void close();

}
