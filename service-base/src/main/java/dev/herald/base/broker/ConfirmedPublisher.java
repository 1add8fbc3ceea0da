package dev.herald.base.broker;

import dev.herald.base.broker.PublishException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Publishes messages and tells when the broker has kept them: persistent, mandatory, with
 * publisher confirms (RabbitMQ, <em>Consumer Acknowledgements and Publisher
 * Confirms</em>).
 *
 * <p>
 * One channel serves everyone. A publish writes and returns; its future is completed by
 * the confirm, so a thread can have thousands under way, and a confirm for many completes
 * them together. When the channel goes, everything unconfirmed fails: whether the broker
 * kept it is then unknown, and the caller decides whether to publish again.
 *
 * <p>
 * A publish that finds no connection waits for one, a second at most; while the broker is
 * away, most fail at once. The next publish after that connects again.
 *
 * <p>
 * The futures are completed on threads of their own, those of one confirm on one thread:
 * what follows may publish and may block. A future is the caller's own: to time it out or
 * cancel it stops the wait, not the message. Safe for use by many threads; closed by
 * whoever made it.
 */
public final class ConfirmedPublisher implements AutoCloseable {

	/**
	 * How long a caller waits for a connection, or for another caller who is held by a
	 * socket that takes no more.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final PublishingSessions sessions;

	private final Semaphore unconfirmed;

	private final ReentrantLock writing = new ReentrantLock();

	/**
	 * @param connections where connections come from; the publisher uses the one kept for
	 * publishing, so that a blocked publisher does not hold up consumers
	 * @param maxUnconfirmed the most messages that may wait for their confirms
	 */
	public ConfirmedPublisher(ConnectionFactory connections, int maxUnconfirmed) {
		this.sessions = new PublishingSessions(connections);
		this.unconfirmed = new Semaphore(maxUnconfirmed);
	}

	/**
	 * Connects before anybody publishes. A first connection is made by code that has
	 * never run, and may take longer than a caller would wait.
	 * @param patience how long to wait for it; a broker that cannot be reached is known
	 * at once, and the next publish tries again
	 * @throws PublishException if there is no connection in time
	 */
	void connect(Duration patience) {
		sessions.open(patience);
	}

	/**
	 * Publishes one message.
	 * @return completes when the broker has confirmed it, or exceptionally with a
	 * {@link PublishException}; without a time limit of its own, but a lost connection
	 * always fails it
	 */
	public CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
		if (!unconfirmed.tryAcquire()) {
			return CompletableFuture.failedFuture(new PublishException(Reason.SATURATED,
					"too many messages already wait for their publisher confirms", null));
		}
		// The caller gets another future than the books are kept by.
		CompletableFuture<@Nullable Void> confirmed = new CompletableFuture<>();
		CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
		confirmed.whenComplete((nothing, failure) -> {
			unconfirmed.release();
			end(result, failure);
		});
		try {
			write(message, confirmed);
		}
		catch (PublishException ex) {
			confirmed.completeExceptionally(ex);
		}
		return result;
	}

	/**
	 * Publishes several messages.
	 * @return completes when all of them are confirmed; exceptionally with the first
	 * {@link PublishException}, once every one has ended, if any failed
	 */
	public CompletableFuture<@Nullable Void> publishAll(List<OutgoingMessage> messages) {
		return all(messages.stream().map(this::publish).toList());
	}

	/** Completes when all of them have, exceptionally with the first failure. */
	static CompletableFuture<@Nullable Void> all(List<CompletableFuture<@Nullable Void>> confirms) {
		CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
		CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new))
			.whenComplete((nothing, failure) -> end(result, failure));
		return result;
	}

	/** Ends a future as another did that it depends on. */
	static void end(CompletableFuture<@Nullable Void> result, @Nullable Throwable failure) {
		if (failure == null) {
			result.complete(null);
		}
		else {
			result.completeExceptionally(failure instanceof CompletionException && failure.getCause() != null
					? failure.getCause() : failure);
		}
	}

	private void write(OutgoingMessage message, CompletableFuture<@Nullable Void> confirmed) {
		PublishingSession session = sessions.open(PATIENCE);
		session.requireUnblocked();
		acquireWriting();
		try {
			session.publish(message, confirmed);
		}
		finally {
			writing.unlock();
		}
	}

	private void acquireWriting() {
		try {
			if (!writing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new PublishException(Reason.BLOCKED, "the broker connection takes no more", null);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PublishException(Reason.CONNECTION_LOST, "interrupted before publishing", ex);
		}
	}

	/** Closes the channel; what is unconfirmed fails. */
	@Override
	public void close() {
		sessions.close();
	}

	/**
	 * How many more messages may be published before one of those under way is confirmed.
	 */
	int room() {
		return unconfirmed.availablePermits();
	}

}
