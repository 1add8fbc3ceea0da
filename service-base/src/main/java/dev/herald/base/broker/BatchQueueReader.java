package dev.herald.base.broker;

import com.rabbitmq.client.Channel;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

	/** How long a batch waits for its next message. */
	private static final Duration BATCH_PATIENCE = Duration.ofMillis(20);

	private final SimpleMessageListenerContainer container;

	private final ConfirmedPublisher publisher;

	private final String queue;

	private final Class<T> type;

	private final Consumer<List<T>> handler;

	/**
	 * @param batchSize the most messages the handler gets at once
	 * @param handler takes one batch, in the queue's order, from one thread at a time
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
		container.setShutdownTimeout(10_000);
		container.setListenerId("reader-" + queue);
		container.afterPropertiesSet();
	}

	private void onMessages(List<Message> messages, @Nullable Channel channel) {
		if (channel == null) {
			throw new IllegalStateException("a batch of manual acknowledgement comes with its channel");
		}
		List<T> batch = new ArrayList<>(messages.size());
		List<OutgoingMessage> poison = new ArrayList<>();
		for (Message message : messages) {
			read(message, batch, poison);
		}
		try {
			CompletableFuture<@Nullable Void> setAside = publisher.publishAll(poison);
			if (!batch.isEmpty()) {
				handler.accept(List.copyOf(batch));
			}
			setAside.join();
			channel.basicAck(last(messages), true);
		}
		catch (IOException | RuntimeException ex) {
			giveBack(messages, channel, ex);
		}
	}

	private void read(Message message, List<T> batch, List<OutgoingMessage> poison) {
		try {
			batch.add(HeraldJson.read(message.getBody(), type));
		}
		catch (MalformedMessageException ex) {
			log.error("Setting aside an unreadable message from {}: {}", queue, ex.getMessage());
			poison.add(OutgoingMessage.poison(queue, message.getBody(), String.valueOf(ex.getMessage())));
		}
	}

	private static long last(List<Message> messages) {
		return messages.getLast().getMessageProperties().getDeliveryTag();
	}

	private void giveBack(List<Message> messages, Channel channel, Exception cause) {
		log.warn("{} messages from {} could not be taken and go back: {}", messages.size(), queue, cause.toString());
		try {
			Thread.sleep(PAUSE_AFTER_FAILURE);
			for (Message message : messages) {
				// One at a time: not every broker gives back more than the last of
				// nack(multiple).
				channel.basicNack(message.getMessageProperties().getDeliveryTag(), false, true);
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
