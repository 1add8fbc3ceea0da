package dev.herald.base.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import dev.herald.base.broker.PublishException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
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
 * The futures are completed on the broker connection's own thread: whatever follows and
 * may block must be continued asynchronously. Safe for use by many threads; closed by
 * whoever made it.
 */
public final class ConfirmedPublisher implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ConfirmedPublisher.class);

	/**
	 * How long callers are refused at once after connecting has failed, so that they do
	 * not queue up for a timeout.
	 */
	private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);

	/**
	 * How long a caller waits for another who is connecting, or held by a socket that
	 * takes no more.
	 */
	private static final Duration LOCK_PATIENCE = Duration.ofSeconds(1);

	private final ConnectionFactory connections;

	private final Semaphore unconfirmed;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Session session;

	private long refusedUntilNanos = System.nanoTime();

	private volatile boolean closed;

	/**
	 * @param connections where connections come from; the publisher uses the one kept for
	 * publishing, so that a blocked publisher does not hold up consumers
	 * @param maxUnconfirmed the most messages that may wait for their confirms
	 */
	public ConfirmedPublisher(ConnectionFactory connections, int maxUnconfirmed) {
		this.connections = Objects.requireNonNullElse(connections.getPublisherConnectionFactory(), connections);
		this.unconfirmed = new Semaphore(maxUnconfirmed);
	}

	/**
	 * Publishes one message.
	 * @return completes when the broker has confirmed it, or exceptionally with a
	 * {@link PublishException}; never cancelled by the publisher, and without a time
	 * limit of its own, but a lost connection always fails it
	 */
	public CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
		if (!unconfirmed.tryAcquire()) {
			return CompletableFuture.failedFuture(new PublishException(Reason.SATURATED,
					"too many messages already wait for their publisher confirms", null));
		}
		CompletableFuture<@Nullable Void> confirmed = new CompletableFuture<>();
		CompletableFuture<@Nullable Void> result = confirmed.whenComplete((nothing, failure) -> unconfirmed.release());
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
	 * @return completes when all of them are confirmed; exceptionally, once every one has
	 * ended, if any failed
	 */
	public CompletableFuture<@Nullable Void> publishAll(List<OutgoingMessage> messages) {
		return CompletableFuture.allOf(messages.stream().map(this::publish).toArray(CompletableFuture[]::new))
			.thenApply(allConfirmed -> null);
	}

	private void write(OutgoingMessage message, CompletableFuture<@Nullable Void> confirmed) {
		acquireLock();
		try {
			openSession().publish(message, confirmed);
		}
		finally {
			lock.unlock();
		}
	}

	private void acquireLock() {
		try {
			if (!lock.tryLock(LOCK_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new PublishException(Reason.BLOCKED, "the broker connection takes no more", null);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PublishException(Reason.CONNECTION_LOST, "interrupted before publishing", ex);
		}
	}

	private Session openSession() {
		Session open = session;
		if (open != null && open.channel.isOpen()) {
			return open;
		}
		if (closed) {
			throw new PublishException(Reason.CONNECTION_LOST, "the publisher is closed", null);
		}
		if (System.nanoTime() - refusedUntilNanos < 0) {
			throw new PublishException(Reason.CONNECTION_LOST, "the broker could not be reached a moment ago", null);
		}
		try {
			Session opened = new Session(connect());
			session = opened;
			return opened;
		}
		catch (AmqpException | IOException | ShutdownSignalException ex) {
			refusedUntilNanos = System.nanoTime() + RECONNECT_PAUSE.toNanos();
			throw new PublishException(Reason.CONNECTION_LOST, "the broker cannot be reached", ex);
		}
	}

	private Connection connect() {
		// Spring hands out the one shared connection, and opens a new one when that is
		// broken.
		return Objects.requireNonNull(connections.createConnection().getDelegate(), "a connection has a delegate");
	}

	/** Closes the channel; what is unconfirmed fails. */
	@Override
	public void close() {
		closed = true;
		Session open = session;
		if (open != null) {
			open.close();
		}
	}

	/** One channel's life: its confirms are numbered from one. */
	private static final class Session implements ConfirmListener, BlockedListener {

		private final Channel channel;

		private final NavigableMap<Long, Unconfirmed> bySequence = new ConcurrentSkipListMap<>();

		private volatile @Nullable String blocked;

		Session(Connection connection) throws IOException {
			Channel opened = connection.createChannel();
			if (opened == null) {
				throw new IOException("the connection has no channel left");
			}
			this.channel = opened;
			connection.addBlockedListener(this);
			channel.confirmSelect();
			channel.addConfirmListener(this);
			channel.addReturnListener(this::handleReturn);
			channel.addShutdownListener(cause -> {
				connection.removeBlockedListener(this);
				failAll(cause);
			});
		}

		void publish(OutgoingMessage message, CompletableFuture<@Nullable Void> confirmed) {
			if (blocked != null) {
				throw new PublishException(Reason.BLOCKED, "the broker takes no messages: " + blocked, null);
			}
			long sequence = channel.getNextPublishSeqNo();
			bySequence.put(sequence, new Unconfirmed(message, confirmed));
			try {
				channel.basicPublish(message.exchange(), message.routingKey(), true, properties(message, sequence),
						message.body());
			}
			catch (IOException | ShutdownSignalException ex) {
				bySequence.remove(sequence);
				// A half-written frame leaves the channel of no use.
				close();
				throw new PublishException(Reason.CONNECTION_LOST, "the broker connection broke", ex);
			}
			if (!channel.isOpen()) {
				// The shutdown listener may have run before the put above.
				failAll(channel.getCloseReason());
			}
		}

		private static AMQP.BasicProperties properties(OutgoingMessage message, long sequence) {
			return new AMQP.BasicProperties.Builder().contentType("application/json")
				.deliveryMode(2)
				.priority(message.priority())
				.messageId(Long.toString(sequence))
				.headers(message.headers())
				.build();
		}

		@Override
		public void handleAck(long sequence, boolean multiple) {
			end(sequence, multiple, Unconfirmed::confirm);
		}

		@Override
		public void handleNack(long sequence, boolean multiple) {
			end(sequence, multiple, unconfirmed -> unconfirmed
				.fail(new PublishException(Reason.NACKED, "the broker refused " + unconfirmed.place(), null)));
		}

		/** RabbitMQ returns first and then confirms; the confirm must not count. */
		private void handleReturn(Return returned) {
			Unconfirmed unconfirmed = bySequence.get(Long.valueOf(returned.getProperties().getMessageId()));
			if (unconfirmed != null) {
				unconfirmed.fail(new PublishException(Reason.UNROUTABLE,
						"no queue takes " + unconfirmed.place() + ": " + returned.getReplyText(), null));
			}
		}

		private void end(long sequence, boolean multiple, java.util.function.Consumer<Unconfirmed> ending) {
			if (!multiple) {
				Unconfirmed one = bySequence.remove(sequence);
				if (one != null) {
					ending.accept(one);
				}
				return;
			}
			NavigableMap<Long, Unconfirmed> upTo = bySequence.headMap(sequence, true);
			for (var first = upTo.pollFirstEntry(); first != null; first = upTo.pollFirstEntry()) {
				ending.accept(first.getValue());
			}
		}

		private void failAll(@Nullable ShutdownSignalException cause) {
			end(Long.MAX_VALUE, true, unconfirmed -> unconfirmed.fail(new PublishException(Reason.CONNECTION_LOST,
					"the broker connection broke before " + unconfirmed.place() + " was confirmed", cause)));
		}

		@Override
		public void handleBlocked(String reason) {
			log.warn("The broker blocks publishers: {}", reason);
			blocked = reason;
		}

		@Override
		public void handleUnblocked() {
			log.info("The broker takes messages again");
			blocked = null;
		}

		void close() {
			try {
				channel.abort();
			}
			catch (IOException ex) {
				log.debug("A channel that is being abandoned was broken already", ex);
			}
		}

	}

	private record Unconfirmed(String exchange, String routingKey, CompletableFuture<@Nullable Void> confirmed) {

		Unconfirmed(OutgoingMessage message, CompletableFuture<@Nullable Void> confirmed) {
			this(message.exchange(), message.routingKey(), confirmed);
		}

		String place() {
			return "a message to exchange \"%s\" with routing key \"%s\"".formatted(exchange, routingKey);
		}

		void confirm() {
			confirmed.complete(null);
		}

		void fail(PublishException failure) {
			confirmed.completeExceptionally(failure);
		}

	}

}
