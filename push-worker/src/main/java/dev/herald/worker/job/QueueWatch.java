package dev.herald.worker.job;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.context.SmartLifecycle;

/**
 * Asks the broker every second how many wait in each job queue and how many workers take
 * from it, which is by how many the application's quota is shared.
 */
final class QueueWatch implements JobQueues, SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(QueueWatch.class);

	private final Lanes lanes;

	private final LaneEnvironment environment;

	private final Map<LaneId, QueueFigures> figures = new ConcurrentHashMap<>();

	private volatile @Nullable Repetition asking;

	QueueWatch(Lanes lanes, LaneEnvironment environment) {
		this.lanes = lanes;
		this.environment = environment;
	}

	@Override
	public Optional<QueueFigures> figures(ApplicationId application, Provider provider) {
		return Optional.ofNullable(figures.get(new LaneId(application, provider)));
	}

	@Override
	public void start() {
		asking = Repetition.start("queue-watch", INTERVAL, this::ask);
	}

	private void ask() {
		Set<LaneId> ids = lanes.ids();
		figures.keySet().retainAll(ids);
		Channel channel = null;
		try {
			for (LaneId id : ids) {
				// A queue that is not there yet costs the channel.
				channel = channel != null && channel.isOpen() ? channel : environment.channel();
				ask(channel, id);
			}
		}
		catch (AmqpException | AlreadyClosedException | IOException ex) {
			log.debug("The broker does not tell of the job queues; what it told last stays", ex);
		}
		finally {
			close(channel);
		}
	}

	private void ask(Channel channel, LaneId id) {
		try {
			AMQP.Queue.DeclareOk told = channel.queueDeclarePassive(id.queue());
			QueueFigures seen = new QueueFigures(told.getMessageCount(), told.getConsumerCount(),
					environment.clock().instant());
			figures.put(id, seen);
			lanes.sharedBy(id, seen.consumers());
		}
		catch (IOException ex) {
			log.debug("The broker does not tell of queue {}", id.queue(), ex);
		}
	}

	private static void close(@Nullable Channel channel) {
		try {
			if (channel != null) {
				channel.abort();
			}
		}
		catch (IOException ex) {
			log.debug("A channel that is being abandoned was broken already", ex);
		}
	}

	@Override
	public void stop() {
		Repetition running = asking;
		if (running != null) {
			running.close();
			asking = null;
		}
	}

	@Override
	public boolean isRunning() {
		return asking != null;
	}

}
