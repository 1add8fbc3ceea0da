package dev.herald.worker.job;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
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

	/** The tag that the first bit of each set stands for; tags follow each other. */
	private long firstTag;

	/** Delivered and not done. */
	private BitSet open = new BitSet();

	/** Done and not acknowledged. */
	private BitSet done = new BitSet();

	/** Of those done, the ones that were behind an open one the last time. */
	private BitSet putOff = new BitSet();

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
		open.set(place(deliveryTag));
	}

	/** A job is done; it is acknowledged in a moment. */
	synchronized void done(long deliveryTag) {
		open.clear(place(deliveryTag));
		done.set(place(deliveryTag));
		schedule();
	}

	private int place(long deliveryTag) {
		return Math.toIntExact(deliveryTag - firstTag);
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
		putOff = (BitSet) done.clone();
		acknowledge();
	}

	private void acknowledge() {
		try {
			int over = acknowledgeFirst();
			putOff.and(done);
			for (int place = putOff.nextSetBit(0); place >= 0; place = putOff.nextSetBit(place + 1)) {
				channel.basicAck(firstTag + place, false);
			}
			done.andNot(putOff);
			forget(over);
			putOff = (BitSet) done.clone();
		}
		catch (IOException | AlreadyClosedException ex) {
			log.debug("Jobs were done, but their channel is gone: they will come again", ex);
			done.clear();
			putOff.clear();
		}
	}

	/**
	 * Acknowledges those before the first open one.
	 * @return how many places from the first on are over
	 */
	private int acknowledgeFirst() throws IOException {
		int firstOpen = open.nextSetBit(0);
		int last = firstOpen < 0 ? done.length() - 1 : done.previousSetBit(firstOpen);
		if (last >= 0) {
			channel.basicAck(firstTag + last, true);
			done.clear(0, last + 1);
		}
		return last + 1;
	}

	/** Lest the sets grow with the tags. */
	private void forget(int places) {
		open = open.get(places, Math.max(places, open.length()));
		done = done.get(places, Math.max(places, done.length()));
		firstTag += places;
	}

}
