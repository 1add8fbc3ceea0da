package dev.herald.base.broker;

import com.rabbitmq.client.Channel;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;
import org.springframework.context.SmartLifecycle;

/**
 * Reads a queue in batches and acknowledges a batch once its handler has returned, so
 * that what the handler wrote is kept before the broker forgets the messages. A handler
 * that throws gets the batch again after a second: it must take a message twice without
 * harm. A message that cannot be read is set aside in the queue {@code poison} with the
 * reason.
 *
 * <p>
 * Started and stopped with the application context; stopping waits for the batch under
 * way.
 *
 * @param <T> what the messages hold
 */
public final class BatchQueueReader<T> implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(BatchQueueReader.class);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	/** How long the broker may take to keep what is set aside. */
	private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(5);

	/** How long a batch waits for its next message. */
	private static final Duration BATCH_PATIENCE = Duration.ofMillis(20);

	private final SimpleMessageListenerContainer container;

	private final ConfirmedPublisher publisher;

	private final String queue;

	private final Class<T> type;

	private final Consumer<List<T>> handler;

	/**
	 * @param batchSize the most messages the handler gets at once
	 * @param handler takes one batch, never empty, from one thread at a time; in the
	 * queue's order, but what it threw at comes again after what was on its way already
	 */
	public BatchQueueReader(ConnectionFactory connections, ConfirmedPublisher publisher, String queue, Class<T> type,
			int batchSize, Consumer<List<T>> handler) {
		this.publisher = publisher;
		this.queue = queue;
		this.type = type;
		this.handler = handler;
		this.container = new SimpleMessageListenerContainer(connections);
		container.setQueueNames(queue);
		container.setMessageListener((ChannelAwareBatchMessageListener) this::onMessages);
		container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
		container.setConsumerBatchEnabled(true);
		container.setBatchSize(batchSize);
		container.setPrefetchCount(2 * batchSize);
		container.setBatchReceiveTimeout(BATCH_PATIENCE.toMillis());
		container.setReceiveTimeout(BATCH_PATIENCE.toMillis());
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
			List<T> batch = readAll(open, channel);
			if (!batch.isEmpty()) {
				handler.accept(batch);
				channel.basicAck(deliveryTag(open.getLast()), true);
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
	private List<T> readAll(List<Message> open, Channel channel) throws IOException {
		List<T> batch = new ArrayList<>(open.size());
		Set<Long> unreadable = new LinkedHashSet<>();
		List<OutgoingMessage> poison = new ArrayList<>();
		for (Message message : open) {
			try {
				batch.add(HeraldJson.read(message.getBody(), type));
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

}
