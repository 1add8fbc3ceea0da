package dev.herald.worker.credit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Asks the broker by a passive declaration, on a channel of its own that is opened anew
 * when it was lost. Safe for use by many threads, one of which asks at a time.
 */
final class BrokerBacklogs implements Backlogs {

	private static final Logger log = LoggerFactory.getLogger(BrokerBacklogs.class);

	private final ConnectionFactory connections;

	private final ReentrantLock asking = new ReentrantLock();

	private @Nullable Channel channel;

	BrokerBacklogs(ConnectionFactory connections) {
		this.connections = connections;
	}

	@Override
	public Backlog of(String queue) {
		asking.lock();
		try {
			AMQP.Queue.DeclareOk told = open().queueDeclarePassive(queue);
			return new Backlog(told.getMessageCount(), told.getConsumerCount());
		}
		catch (IOException | AmqpException | AlreadyClosedException ex) {
			log.debug("The broker does not tell of queue {}", queue, ex);
			return Backlog.UNKNOWN;
		}
		finally {
			asking.unlock();
		}
	}

	/** A queue that is not there costs the channel. */
	private Channel open() throws IOException {
		Channel current = channel;
		if (current == null || !current.isOpen()) {
			Connection connection = connections.createConnection().getDelegate();
			current = Objects.requireNonNull(connection, "a connection has a delegate").createChannel();
			if (current == null) {
				throw new IOException("the connection has no channel left");
			}
			channel = current;
		}
		return current;
	}

	@Override
	public void close() {
		asking.lock();
		try {
			if (channel != null) {
				channel.abort();
			}
		}
		catch (IOException ex) {
			log.debug("A channel that is being abandoned was broken already", ex);
		}
		finally {
			asking.unlock();
		}
	}

}
