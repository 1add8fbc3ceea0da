package dev.herald.worker.job;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges the jobs of one channel, all that are done up to one that is not with a
 * single frame: each frame is an entry in the log of a quorum queue. Those behind a job
 * that takes long are acknowledged one by one, after a moment. A job may so stay
 * unacknowledged for two times {@link #GATHERED} after it was done. Safe for use by many
 * threads.
 */
final class Acknowledgements {

	private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);

	static final Duration GATHERED = Duration.ofMillis(5);

	private final Channel channel;

	private final Executor later;

	/** Delivered and not done, by their tags; no more than the prefetch. */
	private final NavigableSet<Long> open = new TreeSet<>();

	/** Done and not acknowledged. */
	private final NavigableSet<Long> done = new TreeSet<>();

	/** Of those done, the ones that were behind an open one the last time. */
	private List<Long> putOff = List.of();

	private boolean scheduled;

	/**
	 * @param executor runs what is due
	 */
	Acknowledgements(Channel channel, Executor executor) {
		this.channel = channel;
		this.later = CompletableFuture.delayedExecutor(GATHERED.toMillis(), TimeUnit.MILLISECONDS, executor);
	}

	/**
	 * A job was delivered. Whatever is delivered must be named here, in the order of its
	 * delivery and before it is done: the rest is acknowledged along with what follows
	 * it.
	 */
	synchronized void delivered(long deliveryTag) {
		open.add(deliveryTag);
	}

	/** A job is done; it is acknowledged in a moment. */
	synchronized void done(long deliveryTag) {
		open.remove(deliveryTag);
		done.add(deliveryTag);
		schedule();
	}

	private void schedule() {
		if (!scheduled) {
			scheduled = true;
			later.execute(this::run);
		}
	}

	private synchronized void run() {
		scheduled = false;
		acknowledge();
		if (!putOff.isEmpty()) {
			schedule();
		}
	}

	/** Acknowledges whatever is done. */
	synchronized void flush() {
		putOff = List.copyOf(done);
		acknowledge();
	}

	private void acknowledge() {
		try {
			acknowledgeFirst();
			for (long tag : putOff) {
				if (done.remove(tag)) {
					channel.basicAck(tag, false);
				}
			}
			putOff = List.copyOf(done);
		}
		catch (IOException | AlreadyClosedException ex) {
			log.debug("Jobs were done, but their channel is gone: they will come again", ex);
			done.clear();
			putOff = List.of();
		}
	}

	private void acknowledgeFirst() throws IOException {
		NavigableSet<Long> first = open.isEmpty() ? done : done.headSet(open.first(), false);
		if (!first.isEmpty()) {
			channel.basicAck(first.last(), true);
			first.clear();
		}
	}

}
