package dev.herald.worker.fcm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One multiplexed HTTP/2 connection, once: when it is gone, another takes its place. Safe
 * for use by many threads.
 */
final class Http2Connection implements AutoCloseable {

	private final Channel channel;

	private final Http2Streams streams;

	/** Handed to the event loop together: one wake-up and one flush for all. */
	private final Queue<Http2Request> submitted = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean handedOver = new AtomicBoolean();

	private final AtomicInteger inFlight = new AtomicInteger();

	private volatile boolean failed;

	private volatile long lastReplyNanos = System.nanoTime();

	/** Begins to connect; requests may be sent at once, and wait. */
	Http2Connection(Http2Dialer dialer) {
		this.streams = Http2Streams.create(() -> refuse(new IOException("the connection was closed")));
		ChannelFuture connecting = dialer.connect(streams);
		this.channel = connecting.channel();
		connecting.addListener(connected -> {
			if (!connected.isSuccess()) {
				refuse(Objects.requireNonNull(connected.cause(), "what failed has a cause"));
			}
			else {
				// Later, when the channel has told its handlers too.
				channel.eventLoop().execute(this::writeSubmitted);
			}
		});
	}

	/** Whether it is of no use any more. */
	boolean hasFailed() {
		return failed;
	}

	/** Requests without a reply yet. */
	int inFlight() {
		return inFlight.get();
	}

	/** Whether any reply has come since that moment of {@link System#nanoTime()}. */
	boolean hasRepliedSince(long nanos) {
		return lastReplyNanos - nanos > 0;
	}

	/**
	 * Sends a request. Its reply completes on the event loop, exceptionally with an
	 * {@link IOException} if the connection ends before; whoever cancels it resets its
	 * stream.
	 */
	void send(Http2Request request) {
		inFlight.incrementAndGet();
		request.reply().whenComplete((reply, failure) -> {
			inFlight.decrementAndGet();
			if (failure == null) {
				lastReplyNanos = System.nanoTime();
			}
		});
		submitted.add(request);
		if (!handedOver.getAndSet(true)) {
			channel.eventLoop().execute(this::writeSubmitted);
		}
	}

	private void writeSubmitted() {
		handedOver.set(false);
		ChannelHandlerContext context = context();
		if (context == null) {
			if (failed) {
				refuse(new IOException("the connection was closed"));
			}
			// Otherwise it is not connected yet, and this comes again when it is.
			return;
		}
		for (Http2Request request = submitted.poll(); request != null; request = submitted.poll()) {
			streams.send(context, request);
		}
		channel.flush();
	}

	private @Nullable ChannelHandlerContext context() {
		ChannelPipeline pipeline = channel.pipeline();
		return channel.isActive() ? pipeline.context(streams) : null;
	}

	private void refuse(Throwable cause) {
		failed = true;
		for (Http2Request request = submitted.poll(); request != null; request = submitted.poll()) {
			request.reply().completeExceptionally(cause);
		}
	}

	/** Closes the connection and fails what is in flight. */
	@Override
	public void close() {
		failed = true;
		channel.close();
		channel.eventLoop().execute(() -> refuse(new IOException("the connection was closed")));
	}

}
