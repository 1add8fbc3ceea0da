package dev.herald.worker.targeted;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pairs that the broker has handed over on one channel: as many as the prefetch
 * allows. What is not acknowledged when it is closed goes back to the queue.
 */
final class PairInbox extends DefaultConsumer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(PairInbox.class);

	/** Bounded by the prefetch. */
	private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();

	private volatile boolean open = true;

	/**
	 * A message as it came.
	 *
	 * @param body not copied
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Delivery(long tag, AMQP.BasicProperties properties, byte[] body) {
	}

	private PairInbox(Channel channel) {
		super(channel);
	}

	static PairInbox open(Channel channel, String queue, int prefetch) throws IOException {
		PairInbox inbox = new PairInbox(channel);
		channel.basicQos(prefetch);
		channel.basicConsume(queue, false, inbox);
		return inbox;
	}

	boolean isOpen() {
		return open && getChannel().isOpen();
	}

	/** What has arrived, after waiting so long for the first. */
	List<Delivery> take(Duration patience) throws InterruptedException {
		List<Delivery> taken = new ArrayList<>();
		@Nullable Delivery first = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
		if (first != null) {
			taken.add(first);
			arrived.drainTo(taken);
		}
		return taken;
	}

	void acknowledge(long tag) {
		try {
			getChannel().basicAck(tag, false);
		}
		catch (IOException | AlreadyClosedException ex) {
			log.debug("A pair was done, but its channel is gone: it will come again", ex);
		}
	}

	@Override
	public void handleDelivery(String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
		arrived.add(new Delivery(envelope.getDeliveryTag(), properties, body));
	}

	@Override
	public void handleCancel(String consumer) {
		open = false;
	}

	@Override
	public void handleShutdownSignal(String consumer, ShutdownSignalException cause) {
		open = false;
	}

	@Override
	public void close() {
		try {
			getChannel().abort();
		}
		catch (IOException ex) {
			log.debug("A channel that is being abandoned was broken already", ex);
		}
	}

}
