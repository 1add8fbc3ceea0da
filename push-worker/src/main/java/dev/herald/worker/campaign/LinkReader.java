package dev.herald.worker.campaign;

import com.rabbitmq.client.Channel;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.BroadcastLink;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import dev.herald.worker.campaign.LinkEnding.Done;
import dev.herald.worker.campaign.LinkEnding.Reason;
import dev.herald.worker.campaign.LinkEnding.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AcknowledgeMode;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareMessageListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Takes links from their queue, several at once: each on a channel of its own that holds
 * no more than one, so that the others are there for whoever is free. A link is
 * acknowledged when what follows from it is with the broker, or goes back after a second.
 *
 * <p>
 * Started and stopped with the application context; stopping waits for the pages under
 * way.
 */
final class LinkReader implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(LinkReader.class);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private final SimpleMessageListenerContainer container;

	private final LinkExpander expander;

	private final PatientPublisher publisher;

	private final CampaignMetrics metrics;

	private volatile boolean stopping;

	LinkReader(ConnectionFactory connections, int expanders, LinkExpander expander, PatientPublisher publisher,
			CampaignMetrics metrics) {
		this.expander = expander;
		this.publisher = publisher;
		this.metrics = metrics;
		this.container = new SimpleMessageListenerContainer(connections);
		container.setQueueNames(BrokerTopology.CAMPAIGN_LINKS);
		container.setMessageListener((ChannelAwareMessageListener) this::onMessage);
		container.setAcknowledgeMode(AcknowledgeMode.MANUAL);
		container.setConcurrentConsumers(expanders);
		container.setPrefetchCount(1);
		container.setTaskExecutor(virtualThreads());
		container.setMissingQueuesFatal(false);
		container.setRecoveryInterval(1000);
		container.setFailedDeclarationRetryInterval(1000);
		container.setShutdownTimeout(10_000);
		container.setListenerId("expander");
		container.afterPropertiesSet();
	}

	private static SimpleAsyncTaskExecutor virtualThreads() {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("expander-");
		threads.setVirtualThreads(true);
		return threads;
	}

	private void onMessage(Message message, @Nullable Channel channel) {
		if (channel == null) {
			throw new IllegalStateException("a message of manual acknowledgement comes with its channel");
		}
		long tag = message.getMessageProperties().getDeliveryTag();
		try {
			follow(message.getBody(), channel);
			channel.basicAck(tag, false);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException | TimeoutException | RuntimeException ex) {
			giveBack(tag, channel, ex);
		}
	}

	private void follow(byte[] body, Channel channel) throws InterruptedException, TimeoutException {
		try {
			BroadcastLink link = HeraldJson.read(body, BroadcastLink.class);
			switch (expander.work(link, () -> isHeld(channel))) {
				case Done() -> {
				}
				case Waits(Reason reason, OutgoingMessage delayed) -> {
					metrics.delayed(reason);
					publish(delayed, channel);
				}
			}
		}
		catch (MalformedMessageException ex) {
			log.error("Setting aside an unreadable message from {}: {}", BrokerTopology.CAMPAIGN_LINKS,
					ex.getMessage());
			publish(OutgoingMessage.poison(BrokerTopology.CAMPAIGN_LINKS, body, String.valueOf(ex.getMessage())),
					channel);
		}
	}

	private void publish(OutgoingMessage message, Channel channel) throws InterruptedException, TimeoutException {
		publisher.publish(List.of(message), () -> isHeld(channel));
	}

	private boolean isHeld(Channel channel) {
		return channel.isOpen() && !stopping;
	}

	private void giveBack(long tag, Channel channel, Exception cause) {
		log.warn("A link of a broadcast could not be worked and goes back: {}", cause.toString());
		try {
			if (!stopping) {
				Thread.sleep(PAUSE_AFTER_FAILURE);
			}
			channel.basicNack(tag, false, true);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException | RuntimeException ex) {
			log.debug("The channel is gone; the broker gives the link back by itself", ex);
		}
	}

	@Override
	public void start() {
		stopping = false;
		container.start();
	}

	@Override
	public void stop() {
		stopping = true;
		container.stop();
	}

	@Override
	public boolean isRunning() {
		return container.isRunning();
	}

}
