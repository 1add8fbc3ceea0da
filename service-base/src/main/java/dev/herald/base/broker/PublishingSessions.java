package dev.herald.base.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.herald.base.broker.PublishException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Keeps one {@link PublishingSession} open. Connecting is one thread's work while callers
 * wait for a limited time: a broker that takes connections and then says nothing holds it
 * for many seconds, through handshake and declarations. Safe for use by many threads.
 */
final class PublishingSessions implements AutoCloseable {

	/**
	 * How long callers are refused at once after connecting has failed, so that they do
	 * not queue up for a timeout.
	 */
	private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);

	private final ConnectionFactory connections;

	private volatile @Nullable PublishingSession current;

	private volatile boolean closed;

	private @Nullable Attempt attempt;

	private @Nullable Blockage blockage;

	private long refusedUntilNanos = System.nanoTime();

	PublishingSessions(ConnectionFactory connections) {
		this.connections = Objects.requireNonNullElse(connections.getPublisherConnectionFactory(), connections);
	}

	/**
	 * The open session, or a new one.
	 * @param patience how long to wait for a new one, counted from when it was begun
	 * @throws PublishException if there is none in time
	 */
	PublishingSession open(Duration patience) {
		PublishingSession open = current;
		return open != null && open.isOpen() ? open : await(attempt(), patience);
	}

	private synchronized Attempt attempt() {
		if (closed) {
			throw lost("the publisher is closed", null);
		}
		Attempt latest = attempt;
		if (latest != null && latest.isOfUse()) {
			return latest;
		}
		if (System.nanoTime() - refusedUntilNanos < 0) {
			throw lost("the broker could not be reached a moment ago", null);
		}
		Attempt started = new Attempt(System.nanoTime(), new CompletableFuture<>());
		attempt = started;
		Thread.ofVirtual().name("publisher-connect").start(() -> run(started));
		return started;
	}

	private void run(Attempt started) {
		try {
			PublishingSession opened = connect();
			current = opened;
			if (closed) {
				opened.abort();
			}
			started.session.complete(opened);
		}
		catch (Throwable ex) {
			// Whatever it is: an attempt that never ended would be waited for by all that
			// follow.
			pause();
			started.session.completeExceptionally(lost("the broker cannot be reached", ex));
		}
	}

	private synchronized void pause() {
		refusedUntilNanos = System.nanoTime() + RECONNECT_PAUSE.toNanos();
	}

	private PublishingSession connect() throws IOException {
		// Spring hands out the one shared connection, and opens a new one when that is
		// broken.
		Connection connection = Objects.requireNonNull(connections.createConnection().getDelegate(),
				"a connection has a delegate");
		Blockage known = blockage;
		Blockage ofConnection = known != null && known.isOf(connection) ? known : Blockage.of(connection);
		blockage = ofConnection;
		Channel channel = connection.createChannel();
		if (channel == null) {
			throw new IOException("the connection has no channel left");
		}
		return PublishingSession.open(channel, ofConnection);
	}

	private PublishingSession await(Attempt running, Duration patience) {
		long left = patience.toNanos() - (System.nanoTime() - running.startedNanos);
		try {
			return running.session.get(Math.max(0, left), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw lost("the broker did not answer within " + patience.toMillis() + " ms", ex);
		}
		catch (ExecutionException ex) {
			throw lost("the broker cannot be reached", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw lost("interrupted before publishing", ex);
		}
	}

	private static PublishException lost(String message, @Nullable Throwable cause) {
		return new PublishException(Reason.CONNECTION_LOST, message, cause);
	}

	/** Closes the session; no other is opened. */
	@Override
	public void close() {
		closed = true;
		PublishingSession open = current;
		if (open != null) {
			open.abort();
		}
	}

	private record Attempt(long startedNanos, CompletableFuture<PublishingSession> session) {

		/** Whether it is still under way, or gave a session that still works. */
		boolean isOfUse() {
			return !session.isDone() || (session.state() == Future.State.SUCCESS && session.resultNow().isOpen());
		}

	}

}
