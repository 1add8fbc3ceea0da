package dev.herald.base.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import dev.herald.base.broker.PublishException.Reason;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel's life: its confirms are numbered from one. Every message that was given to
 * it ends, at the latest when the channel does. {@link #publish} is for one thread at a
 * time, since the channel counts on its own, and never for the connection's own thread:
 * what that writes would overtake, or come between, the frames that others have handed
 * over.
 */
final class PublishingSession implements ConfirmListener {

	private static final Logger log = LoggerFactory.getLogger(PublishingSession.class);

	/** Whatever follows from a confirm may publish, and may block. */
	private static final Executor FOLLOWING = task -> Thread.ofVirtual().name("publisher-confirms").start(task);

	private final Channel channel;

	private final Blockage blockage;

	private final NavigableMap<Long, Unconfirmed> bySequence = new ConcurrentSkipListMap<>();

	private volatile boolean abandoned;

	private PublishingSession(Channel channel, Blockage blockage) {
		this.channel = channel;
		this.blockage = blockage;
	}

	/**
	 * Opens a session.
	 * @param blockage of the channel's connection
	 * @throws IOException if the channel cannot be had
	 * @throws ShutdownSignalException likewise
	 */
	static PublishingSession open(Channel channel, Blockage blockage) throws IOException {
		PublishingSession session = new PublishingSession(channel, blockage);
		try {
			channel.addConfirmListener(session);
			channel.addReturnListener(session::handleReturn);
			channel.addShutdownListener(session::failAll);
			channel.confirmSelect();
			return session;
		}
		catch (IOException | RuntimeException ex) {
			session.abort();
			throw ex;
		}
	}

	boolean isOpen() {
		return !abandoned && channel.isOpen();
	}

	/**
	 * @throws PublishException if the broker takes no messages
	 */
	void requireUnblocked() {
		String reason = blockage.reason();
		if (reason != null) {
			throw new PublishException(Reason.BLOCKED, "the broker takes no messages: " + reason, null);
		}
	}

	/**
	 * Writes a message.
	 * @param confirmed completed when the message has ended
	 * @throws PublishException if it could not be written
	 */
	void publish(OutgoingMessage message, CompletableFuture<@Nullable Void> confirmed) {
		requireUnblocked();
		if (!isOpen()) {
			throw new PublishException(Reason.CONNECTION_LOST, "the broker connection broke", channel.getCloseReason());
		}
		long sequence = channel.getNextPublishSeqNo();
		bySequence.put(sequence, new Unconfirmed(message, confirmed));
		try {
			channel.basicPublish(message.exchange(), message.routingKey(), true, properties(message, sequence),
					message.body());
		}
		catch (IOException | RuntimeException ex) {
			bySequence.remove(sequence);
			abandon(ex);
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

	/**
	 * After a failed write the channel's count and the broker's may differ, so that a
	 * confirm would be taken for another message's.
	 */
	private void abandon(Exception cause) {
		abandoned = true;
		failAll(cause);
		// Closing asks the broker and waits for its answer; nobody waits for that.
		Thread.ofVirtual().name("publisher-abort").start(this::abort);
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
			unconfirmed.returned.set(new PublishException(Reason.UNROUTABLE,
					"no queue takes " + unconfirmed.place() + ": " + returned.getReplyText(), null));
		}
	}

	private void end(long sequence, boolean multiple, Consumer<Unconfirmed> ending) {
		FOLLOWING.execute(() -> endNow(sequence, multiple, ending));
	}

	private void endNow(long sequence, boolean multiple, Consumer<Unconfirmed> ending) {
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

	private void failAll(@Nullable Exception cause) {
		end(Long.MAX_VALUE, true, unconfirmed -> unconfirmed.fail(new PublishException(Reason.CONNECTION_LOST,
				"the broker connection broke before " + unconfirmed.place() + " was confirmed", cause)));
	}

	/** Closes the channel, which fails whatever is unconfirmed. */
	void abort() {
		try {
			channel.abort();
		}
		catch (IOException | RuntimeException ex) {
			log.debug("A channel that is being abandoned was broken already", ex);
		}
	}

	/**
	 * A message under way.
	 *
	 * @param returned why no queue took it, if so
	 */
	private record Unconfirmed(String exchange, String routingKey, CompletableFuture<@Nullable Void> confirmed,
			AtomicReference<@Nullable PublishException> returned) {

		Unconfirmed(OutgoingMessage message, CompletableFuture<@Nullable Void> confirmed) {
			this(message.exchange(), message.routingKey(), confirmed, new AtomicReference<>());
		}

		String place() {
			return "a message to exchange \"%s\" with routing key \"%s\"".formatted(exchange, routingKey);
		}

		void confirm() {
			PublishException unroutable = returned.get();
			if (unroutable == null) {
				confirmed.complete(null);
			}
			else {
				fail(unroutable);
			}
		}

		void fail(PublishException failure) {
			confirmed.completeExceptionally(failure);
		}

	}

}
