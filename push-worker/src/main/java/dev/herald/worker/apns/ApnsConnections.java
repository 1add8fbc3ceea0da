package dev.herald.worker.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import dev.herald.base.time.TimeLimit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long-lived pushy client of one application and environment, with the time limit
 * that pushy lacks. A send that is given up keeps its stream, and a stream that is never
 * answered blocks the connection in the end; so a client that answered nothing while a
 * send ran out of time is replaced by a new one. Safe for use by many threads.
 */
final class ApnsConnections implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ApnsConnections.class);

	private final Supplier<ApnsClient> factory;

	private final Duration timeout;

	private final Executor executor;

	private final Object replacing = new Object();

	private volatile Generation current;

	/**
	 * @param factory builds a client; it opens no connection before the first push
	 * @param executor where a new client is built: a thread of the JVM's timer must not
	 * be kept
	 */
	ApnsConnections(Supplier<ApnsClient> factory, Duration timeout, Executor executor) {
		this.factory = factory;
		this.timeout = timeout;
		this.executor = executor;
		this.current = new Generation(factory.get());
	}

	/**
	 * Sends one notification.
	 * @return completes exceptionally, with a {@link TimeoutException} or what broke the
	 * connection, if no reply came
	 */
	CompletableFuture<PushNotificationResponse<ApnsPushNotification>> send(ApnsPushNotification notification) {
		Generation used = current;
		long started = System.nanoTime();
		// A copy: pushy's own future must not be completed by a timeout of ours.
		CompletableFuture<PushNotificationResponse<ApnsPushNotification>> awaited = used.client
			.sendNotification(notification)
			.thenApply(reply -> reply);
		TimeLimit.set(awaited, timeout);
		return awaited.whenComplete((reply, failure) -> {
			if (failure == null) {
				used.lastReplyNanos = System.nanoTime();
			}
			else if (failure instanceof TimeoutException && used.lastReplyNanos - started < 0) {
				executor.execute(() -> replace(used));
			}
		});
	}

	private void replace(Generation silent) {
		synchronized (replacing) {
			if (current != silent || silent.closed) {
				return;
			}
			current = new Generation(factory.get());
		}
		log.warn("APNs answered nothing for {}; the client is replaced", timeout);
		silent.close();
	}

	@Override
	public void close() {
		synchronized (replacing) {
			current.close();
		}
	}

	private static final class Generation {

		private final ApnsClient client;

		private volatile long lastReplyNanos = System.nanoTime();

		private volatile boolean closed;

		Generation(ApnsClient client) {
			this.client = client;
		}

		void close() {
			closed = true;
			client.close().exceptionally(failure -> {
				log.debug("A client to APNs did not close cleanly", failure);
				return null;
			});
		}

	}

}
