package dev.herald.worker.job;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges the jobs of one channel, all that are done up to one that is not with a
 * single frame: each frame is an entry in the log of a quorum queue. Those behind a job
 * that takes long are acknowledged one by one, after a moment. A job may so stay
 * unacknowledged for some {@value #GATHERED_MILLIS} ms after it was done. Safe for use by
 * many threads.
 */
final class Acknowledgements {

	private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);

	static final int GATHERED_MILLIS = 5;

	private static final Duration GATHERED = Duration.ofMillis(GATHERED_MILLIS);

	private final Channel channel;

	private final Executor later;

	/** Every delivery up to this one is done and acknowledged. */
	private long upTo;

	/** Deliveries beyond, by their tags. */
	private final NavigableMap<Long, State> beyond = new TreeMap<>();

	private boolean scheduled;

	/**
	 * @param executor runs what is due
	 */
	Acknowledgements(Channel channel, Executor executor) {
		this.channel = channel;
		this.later = CompletableFuture.delayedExecutor(GATHERED.toMillis(), TimeUnit.MILLISECONDS, executor);
	}

	/** A job is done; it is acknowledged in a moment. */
	synchronized void add(long deliveryTag) {
		beyond.put(deliveryTag, State.NEW);
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
		acknowledge(false);
		if (beyond.containsValue(State.PUT_OFF)) {
			schedule();
		}
	}

	/** Acknowledges whatever is done. */
	synchronized void flush() {
		acknowledge(true);
	}

	private void acknowledge(boolean all) {
		try {
			acknowledgeFirst();
			for (var one : beyond.entrySet()) {
				if (one.getValue() == State.PUT_OFF || all && one.getValue() == State.NEW) {
					channel.basicAck(one.getKey(), false);
					one.setValue(State.ACKNOWLEDGED);
				}
				else if (one.getValue() == State.NEW) {
					one.setValue(State.PUT_OFF);
				}
			}
		}
		catch (IOException | AlreadyClosedException ex) {
			log.debug("Jobs were done, but their channel is gone: they will come again", ex);
			beyond.clear();
		}
	}

	private void acknowledgeFirst() throws IOException {
		// A tag that was acknowledged already must not be named again.
		long last = 0;
		while (!beyond.isEmpty() && beyond.firstKey() == upTo + 1) {
			var first = beyond.pollFirstEntry();
			upTo = first.getKey();
			last = first.getValue() == State.ACKNOWLEDGED ? last : upTo;
		}
		if (last != 0) {
			channel.basicAck(last, true);
		}
	}

	private enum State {

		NEW, PUT_OFF, ACKNOWLEDGED

	}

}
