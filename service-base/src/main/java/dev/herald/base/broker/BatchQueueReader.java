package dev.herald.base.broker;

import com.rabbitmq.client.Channel;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Reads a queue in batches and acknowledges a batch once its handler has returned, so
 * that what the handler wrote is kept before the broker forgets the messages. A handler
 * that throws gets the messages again: it must take a message twice without harm. A
 * message that cannot be read is set aside in the queue {@code poison} with the reason.
 *
 * <p>
 * After a failure that says that something is away, the batch comes again after a second.
 * After any other the handler gets its messages one by one, so that one which it cannot
 * take holds up no other: what fails alone, and once more after the others were taken, is
 * set aside as well. Where none can be taken and nothing says that the messages are to
 * blame, all come again.
 *
 * <p>
 * Started and stopped with the application context; stopping waits for the batch under
 * way.
 *
 * @param <T> what the messages hold, one each or several
 */
public final class BatchQueueReader<T> implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(BatchQueueReader.class);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	/** How long the broker may take to keep what is set aside. */
	private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(5);

	/**
	 * How long a batch waits for more, where little time is to be lost. With nothing to
	 * read the container looks as often, and each look costs a core more than it seems.
	 */
	private static final Duration SHORTLY = Duration.ofMillis(100);

	/** Each may hold many, and twice as many messages are kept ready. */
	private static final int MOST_MESSAGES = 100;

	private final SimpleMessageListenerContainer container;

	private final ConfirmedPublisher publisher;

	private final String queue;

	private final Class<T> type;

	private final int batchSize;

	private final Consumer<List<T>> handler;

	/**
	 * A reader that waits shortly for a batch to fill.
	 * @param batchSize the most that the handler gets at once
	 * @param handler as
	 * {@link #BatchQueueReader(ConnectionFactory, ConfirmedPublisher, String, Class, int, Duration, Consumer)}
	 */
	public BatchQueueReader(ConnectionFactory connections, ConfirmedPublisher publisher, String queue, Class<T> type,
			int batchSize, Consumer<List<T>> handler) {
		this(connections, publisher, queue, type, batchSize, SHORTLY, handler);
	}

	/**
	 * @param batchSize the most that the handler gets at once
	 * @param patience how long a batch waits for more
	 * @param handler takes one batch, never empty, from one thread at a time; in the
	 * queue's order, but what it threw at comes again after what was on its way already
	 */
	public BatchQueueReader(ConnectionFactory connections, ConfirmedPublisher publisher, String queue, Class<T> type,
			int batchSize, Duration patience, Consumer<List<T>> handler) {
		this.publisher = publisher;
		this.queue = queue;
		this.type = type;
		this.batchSize = batchSize;
		this.handler = handler;
		this.container = new SimpleMessageListenerContainer(connections);
		container.setQueueNames(queue);
		container.setMessageListener((ChannelAwareBatchMessageListener) this::onMessages);
		container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
		container.setConsumerBatchEnabled(true);
		int messages = Math.min(batchSize, MOST_MESSAGES);
		container.setBatchSize(messages);
		container.setPrefetchCount(2 * messages);
		container.setBatchReceiveTimeout(patience.toMillis());
		container.setReceiveTimeout(patience.toMillis());
		container.setMissingQueuesFatal(false);
		container.setRecoveryInterval(1000);
		container.setFailedDeclarationRetryInterval(1000);
		container.setShutdownTimeout(10_000);
		container.setListenerId("reader-" + queue);
		container.afterPropertiesSet();
	}

	private void onMessages(List<Message> messages, @Nullable Channel channel) {
		if (channel == null) {
			throw new IllegalStateException("a batch of manual acknowledgement comes with its channel");
		}
		List<Message> open = new ArrayList<>(messages);
		try {
			List<Read<T>> batch = readAll(open, channel);
			if (!batch.isEmpty()) {
				take(batch, open, channel);
			}
		}
		catch (IOException | RuntimeException ex) {
			giveBack(open, channel, ex);
		}
	}

	/**
	 * Reads what can be read, and is done with the rest before the handler is asked: a
	 * batch that comes again must not set the same message aside again.
	 * @param open the messages; left are those that were read
	 */
	private List<Read<T>> readAll(List<Message> open, Channel channel) throws IOException {
		List<Read<T>> batch = new ArrayList<>(open.size());
		Set<Long> unreadable = new LinkedHashSet<>();
		List<OutgoingMessage> poison = new ArrayList<>();
		for (Message message : open) {
			try {
				batch.add(new Read<>(message, HeraldJson.readMessages(message.getBody(),
						message.getMessageProperties().getContentType(), type)));
			}
			catch (MalformedMessageException ex) {
				log.error("Setting aside an unreadable message from {}: {}", queue, ex.getMessage());
				unreadable.add(deliveryTag(message));
				poison.add(OutgoingMessage.poison(queue, message.getBody(), String.valueOf(ex.getMessage())));
			}
		}
		setAside(poison);
		for (long tag : unreadable) {
			channel.basicAck(tag, false);
		}
		open.removeIf(message -> unreadable.contains(deliveryTag(message)));
		return List.copyOf(batch);
	}

	private void take(List<Read<T>> batch, List<Message> open, Channel channel) throws IOException {
		List<T> contents = batch.stream().flatMap(read -> read.contents.stream()).toList();
		try {
			for (int from = 0; from < contents.size(); from += batchSize) {
				handler.accept(contents.subList(from, Math.min(from + batchSize, contents.size())));
			}
		}
		catch (RuntimeException ex) {
			if (Blame.of(ex) == Blame.SOMETHING_AWAY) {
				throw ex;
			}
			log.warn("{} messages from {} could not be taken together and are taken one by one: {}", contents.size(),
					queue, ex.toString());
			takeOneByOne(batch, contents.size(), open, channel);
			return;
		}
		channel.basicAck(deliveryTag(open.getLast()), true);
	}

	/**
	 * @param count how much the batch holds
	 * @param open the messages of the batch; left are those that go back if this throws
	 */
	private void takeOneByOne(List<Read<T>> batch, int count, List<Message> open, Channel channel) throws IOException {
		Map<Read<T>, List<Refused<T>>> refused = new LinkedHashMap<>();
		for (Read<T> read : batch) {
			List<Refused<T>> ofMessage = refused(read);
			if (ofMessage.isEmpty()) {
				done(read.message, open, channel);
			}
			else {
				refused.put(read, ofMessage);
			}
		}
		boolean othersWereTaken = refused.values().stream().mapToInt(List::size).sum() < count;
		for (Map.Entry<Read<T>, List<Refused<T>>> message : refused.entrySet()) {
			for (Refused<T> one : message.getValue()) {
				if (!othersWereTaken && Blame.of(one.failure) != Blame.THE_MESSAGE) {
					throw one.failure;
				}
				takeOrSetAside(one);
			}
			done(message.getKey().message, open, channel);
		}
	}

	private List<Refused<T>> refused(Read<T> read) {
		List<Refused<T>> refused = new ArrayList<>();
		for (T content : read.contents) {
			RuntimeException failure = failure(content);
			if (failure != null) {
				byte[] body = read.contents.size() == 1 ? read.message.getBody() : HeraldJson.write(content);
				refused.add(new Refused<>(body, content, failure));
			}
		}
		return refused;
	}

	private void takeOrSetAside(Refused<T> refused) {
		RuntimeException failure = failure(refused.content);
		if (failure != null) {
			log.error("Setting aside a message from {} that cannot be taken", queue, failure);
			setAside(List.of(OutgoingMessage.poison(queue, refused.body, failure.toString())));
		}
	}

	/**
	 * Hands the handler what one message holds, or a part of it.
	 * @return why it was not taken, or null if it was
	 * @throws RuntimeException if something is away
	 */
	private @Nullable RuntimeException failure(T content) {
		try {
			handler.accept(List.of(content));
			return null;
		}
		catch (RuntimeException ex) {
			if (Blame.of(ex) == Blame.SOMETHING_AWAY) {
				throw ex;
			}
			return ex;
		}
	}

	private static void done(Message message, List<Message> open, Channel channel) throws IOException {
		channel.basicAck(deliveryTag(message), false);
		open.removeIf(other -> deliveryTag(other) == deliveryTag(message));
	}

	private void setAside(List<OutgoingMessage> poison) {
		if (!poison.isEmpty()) {
			publisher.publishAll(poison).orTimeout(CONFIRM_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
		}
	}

	private static long deliveryTag(Message message) {
		return message.getMessageProperties().getDeliveryTag();
	}

	private void giveBack(List<Message> messages, Channel channel, Exception cause) {
		log.warn("{} messages from {} could not be taken and go back: {}", messages.size(), queue, cause.toString());
		try {
			Thread.sleep(PAUSE_AFTER_FAILURE);
			for (Message message : messages) {
				// One at a time: not every broker gives back more than the last of
				// nack(multiple).
				channel.basicNack(deliveryTag(message), false, true);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException | RuntimeException ex) {
			log.debug("The channel is gone; the broker gives the messages back by itself", ex);
		}
	}

	@Override
	public void start() {
		container.start();
	}

	@Override
	public void stop() {
		container.stop();
	}

	@Override
	public boolean isRunning() {
		return container.isRunning();
	}

	private record Read<T>(Message message, List<T> contents) {
	}

	/**
	 * What the handler did not take.
	 *
	 * @param body as it is set aside
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	private record Refused<T>(byte[] body, T content, RuntimeException failure) {
	}

	/** What a handler's failure is to be blamed on. */
	private enum Blame {

		/** A server or a connection: the same messages will be taken later. */
		SOMETHING_AWAY,

		/** What the message holds: it will never be taken. */
		THE_MESSAGE,

		/** Either. */
		UNKNOWN;

		static Blame of(RuntimeException failure) {
			return switch (failure) {
				case TransientDataAccessException ignored -> SOMETHING_AWAY;
				case RecoverableDataAccessException ignored -> SOMETHING_AWAY;
				case NonTransientDataAccessResourceException ignored -> SOMETHING_AWAY;
				case TransactionException ignored -> SOMETHING_AWAY;
				case AmqpException ignored -> SOMETHING_AWAY;
				case PublishException ignored -> SOMETHING_AWAY;
				case UncheckedIOException ignored -> SOMETHING_AWAY;
				case DataIntegrityViolationException ignored -> THE_MESSAGE;
				case IllegalArgumentException ignored -> THE_MESSAGE;
				case NullPointerException ignored -> THE_MESSAGE;
				case IndexOutOfBoundsException ignored -> THE_MESSAGE;
				case ClassCastException ignored -> THE_MESSAGE;
				case ArithmeticException ignored -> THE_MESSAGE;
				case DateTimeException ignored -> THE_MESSAGE;
				default -> UNKNOWN;
			};
		}

	}

}
