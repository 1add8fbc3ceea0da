package dev.herald.worker.fcm;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/2 connections of one application. A further one is opened only when those
 * there are have no stream left, so that a quiet application keeps one. Safe for use by
 * many threads.
 */
final class Http2Connections implements AutoCloseable {

	/**
	 * FCM's servers allow 100 streams; what is more would wait unseen. A little below, as
	 * a stream ends for the server later than for the client.
	 */
	static final int STREAMS_PER_CONNECTION = 90;

	private final AtomicReferenceArray<@Nullable Http2Connection> connections;

	private final Supplier<Http2Connection> factory;

	private volatile boolean closed;

	Http2Connections(int size, Supplier<Http2Connection> factory) {
		this.connections = new AtomicReferenceArray<>(size);
		this.factory = factory;
	}

	/**
	 * The connection to send the next request on: the first that has a stream left, so
	 * that requests that come together leave in one write; the least busy one if none
	 * has.
	 */
	Http2Connection next() {
		Http2Connection leastBusy = connection(0);
		for (int i = 1; i < connections.length() && leastBusy.inFlight() >= STREAMS_PER_CONNECTION; i++) {
			Http2Connection candidate = connection(i);
			if (candidate.inFlight() < leastBusy.inFlight()) {
				leastBusy = candidate;
			}
		}
		return leastBusy;
	}

	private Http2Connection connection(int index) {
		Http2Connection there = connections.get(index);
		return there != null && !there.hasFailed() ? there : open(index);
	}

	private synchronized Http2Connection open(int index) {
		Http2Connection there = connections.get(index);
		if (there != null && !there.hasFailed()) {
			return there;
		}
		if (closed) {
			throw new IllegalStateException("the connections to FCM are closed");
		}
		Http2Connection opened = factory.get();
		connections.set(index, opened);
		return opened;
	}

	/**
	 * Gives up a connection that stopped answering: a timed-out request resets its
	 * stream, but a connection that went silent would take the next one too.
	 */
	void replace(Http2Connection silent) {
		for (int i = 0; i < connections.length(); i++) {
			if (connections.compareAndSet(i, silent, null)) {
				silent.close();
			}
		}
	}

	@Override
	public synchronized void close() {
		closed = true;
		for (int i = 0; i < connections.length(); i++) {
			Http2Connection open = connections.getAndSet(i, null);
			if (open != null) {
				open.close();
			}
		}
	}

}
