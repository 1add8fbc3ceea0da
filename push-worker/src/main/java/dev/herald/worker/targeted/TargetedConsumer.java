package dev.herald.worker.targeted;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.herald.base.applications.Application;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.broker.PublishException;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.TargetedPair;
import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import dev.herald.worker.campaign.PatientPublisher;
import dev.herald.worker.content.ArticleCache;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Takes the pairs of one application, on a thread and a channel of its own, so that what
 * holds one application up holds up no other. What follows from a pair is confirmed by
 * the broker before the pair is acknowledged. Pairs that must wait are held, a bounded
 * number; once all that may be unacknowledged are held, no more come until some go on.
 */
final class TargetedConsumer {

	private static final Logger log = LoggerFactory.getLogger(TargetedConsumer.class);

	private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

	/** How long to wait for pairs before looking whether there is anything else to do. */
	private static final Duration IDLE = Duration.ofMillis(500);

	/** How long to wait for pairs while some are held that may go on. */
	private static final Duration WHILE_HOLDING = Duration.ofMillis(100);

	private final Application application;

	private final @Nullable ArticleCache articles;

	private final PairExpander expander;

	private final ConnectionFactory connections;

	private final PatientPublisher publisher;

	private final TargetedMetrics metrics;

	private final int prefetch;

	private final Clock clock;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	private volatile String state = "connecting";

	/**
	 * @param articles closed with this, as are the metrics; null if the application has
	 * no content service
	 */
	TargetedConsumer(Application application, @Nullable ArticleCache articles, PairExpander expander,
			ConnectionFactory connections, PatientPublisher publisher, TargetedMetrics metrics, int prefetch,
			Clock clock) {
		this.application = application;
		this.articles = articles;
		this.expander = expander;
		this.connections = connections;
		this.publisher = publisher;
		this.metrics = metrics;
		this.prefetch = prefetch;
		this.clock = clock;
	}

	Application application() {
		return application;
	}

	/** What it is doing, in words. */
	String state() {
		return articles == null ? state + ", no content service"
				: "%s, circuit %s".formatted(state, articles.circuit());
	}

	void start() {
		Thread.ofVirtual().name("targeted-" + application.id()).start(this::run);
	}

	/**
	 * Takes no further pairs; those not yet done go back to their queue.
	 * @return completes when everything is closed
	 */
	CompletableFuture<@Nullable Void> stop() {
		stopped.countDown();
		return ended;
	}

	private boolean isStopped() {
		return stopped.getCount() == 0;
	}

	private void run() {
		try {
			while (!isStopped()) {
				consume();
				state = "connecting";
				stopped.await(RECONNECT_AFTER.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			state = "stopped";
			metrics.close();
			if (articles != null) {
				articles.close();
			}
			ended.complete(null);
		}
	}

	private void consume() throws InterruptedException {
		String queue = BrokerTopology.targetedQueueName(application.id());
		try (PairInbox inbox = PairInbox.open(channel(), queue, prefetch)) {
			consume(inbox);
		}
		catch (AmqpException | IOException | ShutdownSignalException ex) {
			log.debug("Queue {} cannot be listened to yet", queue, ex);
		}
		catch (PublishException | TimeoutException ex) {
			log.warn("What follows from pairs of {} could not be published; they go back to their queue: {}",
					application.id(), ex.toString());
		}
		catch (RuntimeException ex) {
			log.error("Pairs of {} failed in Herald itself, and go back to their queue", application.id(), ex);
		}
		finally {
			metrics.held(0);
		}
	}

	private void consume(PairInbox inbox) throws InterruptedException, TimeoutException {
		List<ReceivedPair> held = List.of();
		state = "consuming";
		while (!isStopped() && inbox.isOpen()) {
			List<ReceivedPair> pairs = new ArrayList<>(held);
			pairs.addAll(read(inbox.take(held.isEmpty() ? IDLE : WHILE_HOLDING), inbox));
			if (!pairs.isEmpty()) {
				held = work(pairs, inbox);
			}
		}
	}

	private List<ReceivedPair> read(List<PairInbox.Delivery> deliveries, PairInbox inbox)
			throws InterruptedException, TimeoutException {
		List<ReceivedPair> pairs = new ArrayList<>();
		for (PairInbox.Delivery delivery : deliveries) {
			try {
				TargetedPair pair = HeraldJson.read(delivery.body(), TargetedPair.class);
				pairs.add(ReceivedPair.of(delivery.tag(), application.id(), pair, delivery.properties(),
						clock.instant()));
			}
			catch (MalformedMessageException ex) {
				setAside(delivery, inbox, String.valueOf(ex.getMessage()));
			}
		}
		return pairs;
	}

	private void setAside(PairInbox.Delivery delivery, PairInbox inbox, String reason)
			throws InterruptedException, TimeoutException {
		String queue = BrokerTopology.targetedQueueName(application.id());
		log.error("Setting aside an unreadable message from {}: {}", queue, reason);
		publisher.publish(List.of(OutgoingMessage.poison(queue, delivery.body(), reason)), inbox::isOpen);
		inbox.acknowledge(delivery.tag());
		metrics.countPoison();
	}

	/**
	 * @return the pairs that are held
	 */
	private List<ReceivedPair> work(List<ReceivedPair> pairs, PairInbox inbox)
			throws InterruptedException, TimeoutException {
		List<ReceivedPair> held = new ArrayList<>();
		String reason = "";
		try (PairExpander.Expansion expansion = expander.expand(pairs)) {
			List<OutgoingMessage> messages = new ArrayList<>();
			for (Map.Entry<ReceivedPair, PairStep> step : expansion.steps().entrySet()) {
				switch (step.getValue()) {
					case PairStep.End end -> messages.addAll(end.messages());
					case PairStep.Later later -> messages.add(later.message());
					case PairStep.Hold hold -> {
						held.add(step.getKey());
						reason = hold.reason();
					}
				}
			}
			publisher.publish(messages, () -> inbox.isOpen() && !isStopped());
			expansion.published(jobs(messages));
			expansion.steps().forEach((pair, step) -> finish(pair, step, inbox));
		}
		metrics.held(held.size());
		state = held.isEmpty() ? "consuming" : "holding %d: %s".formatted(held.size(), reason);
		return held;
	}

	private Map<Provider, Integer> jobs(List<OutgoingMessage> messages) {
		Map<Provider, Integer> jobs = new EnumMap<>(Provider.class);
		for (Provider provider : application.providers()) {
			String key = BrokerTopology.routingKey(application.id(), provider);
			long count = messages.stream().filter(message -> message.routingKey().equals(key)).count();
			if (count > 0) {
				jobs.put(provider, (int) count);
			}
		}
		return jobs;
	}

	private void finish(ReceivedPair pair, PairStep step, PairInbox inbox) {
		switch (step) {
			case PairStep.End end -> {
				inbox.acknowledge(pair.deliveryTag());
				metrics.count(end.ending());
			}
			case PairStep.Later later -> {
				inbox.acknowledge(pair.deliveryTag());
				metrics.countLater();
			}
			case PairStep.Hold hold -> {
			}
		}
	}

	private Channel channel() throws IOException {
		Connection connection = connections.createConnection().getDelegate();
		Channel channel = Objects.requireNonNull(connection, "a connection has a delegate").createChannel();
		if (channel == null) {
			throw new IOException("the connection has no channel left");
		}
		return channel;
	}

}
