package dev.herald.worker.fcm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one HTTP/2 connection (RFC 9113): each request gets a stream as
 * soon as the server allows one, and its reply when that has come whole. What is written
 * together is flushed together. Used on the channel's event loop only.
 */
final class Http2Streams extends Http2ConnectionHandler {

	/** FCM answers with a line or two; of an error in HTML no more is of use. */
	private static final int MAX_REPLY_BYTES = 64 * 1024;

	private static final int MAX_HEADER_BYTES = 16 * 1024;

	private final Queue<Http2Request> waiting = new ArrayDeque<>();

	private final PropertyKey exchangeKey;

	private final Runnable retired;

	private boolean ready;

	private boolean retiring;

	private boolean pinged;

	private Http2Streams(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings,
			Runnable retired) {
		super(decoder, encoder, settings);
		this.exchangeKey = connection().newKey();
		this.retired = retired;
		decoder.frameListener(new Frames());
		connection().addListener(new StreamEnds());
	}

	/**
	 * @param retired told, at least once, when no further request will be served
	 */
	static Http2Streams create(Runnable retired) {
		return new Builder(retired).build();
	}

	/** Sends a request now or when there is a stream for it; the caller flushes. */
	void send(ChannelHandlerContext context, Http2Request request) {
		if (retiring || !context.channel().isActive()) {
			request.reply().completeExceptionally(new IOException("the connection was closed"));
			return;
		}
		waiting.add(request);
		writeWaiting(context);
	}

	private void writeWaiting(ChannelHandlerContext context) {
		while (ready && !retiring && !waiting.isEmpty() && connection().local().canOpenStream()) {
			Http2Request next = waiting.remove();
			if (!next.reply().isDone()) {
				write(context, next);
			}
		}
	}

	private void write(ChannelHandlerContext context, Http2Request request) {
		int streamId = connection().local().incrementAndGetNextStreamId();
		encoder().writeHeaders(context, streamId, request.headers(), 0, false, context.newPromise());
		Http2Stream stream = connection().stream(streamId);
		if (stream == null) {
			request.reply().completeExceptionally(new IOException("the connection opens no further stream"));
			retire();
			return;
		}
		stream.setProperty(exchangeKey, new Exchange(request));
		encoder().writeData(context, streamId, Unpooled.wrappedBuffer(request.body()), 0, true, context.newPromise());
		request.reply().whenComplete((reply, failure) -> {
			if (failure != null) {
				context.executor().execute(() -> reset(context, stream));
			}
		});
	}

	/** Of a request whose reply nobody waits for any more. */
	private void reset(ChannelHandlerContext context, Http2Stream stream) {
		if (connection().stream(stream.id()) == stream) {
			resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
			writeWaiting(context);
			flush(context);
			closeIfDone(context);
		}
	}

	private void retire() {
		if (!retiring) {
			retiring = true;
			retired.run();
			fail(new IOException("the connection is going away"));
		}
	}

	private void closeIfDone(ChannelHandlerContext context) {
		if (retiring && connection().numActiveStreams() == 0) {
			context.close();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		// Replies have freed streams.
		writeWaiting(context);
		super.channelReadComplete(context);
		closeIfDone(context);
	}

	private void fail(IOException cause) {
		for (Http2Request request = waiting.poll(); request != null; request = waiting.poll()) {
			request.reply().completeExceptionally(cause);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		retiring = true;
		retired.run();
		super.channelInactive(context);
		fail(new IOException("the connection was closed"));
	}

	/**
	 * A connection that is quiet is asked whether it is there: behind a network that
	 * forgets, the next push would be the one to find out.
	 */
	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
		if (!(event instanceof IdleStateEvent)) {
			super.userEventTriggered(context, event);
		}
		else if (pinged) {
			context.close();
		}
		else {
			pinged = true;
			encoder().writePing(context, false, System.nanoTime(), context.newPromise());
			flush(context);
		}
	}

	private final class Frames extends Http2EventAdapter {

		@Override
		public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
			ready = true;
		}

		@Override
		public void onPingAckRead(ChannelHandlerContext context, long data) {
			pinged = false;
		}

		@Override
		public void onHeadersRead(ChannelHandlerContext context, int streamId, Http2Headers headers,
				int streamDependency, short weight, boolean exclusive, int padding, boolean endOfStream) {
			onHeadersRead(context, streamId, headers, padding, endOfStream);
		}

		@Override
		public void onHeadersRead(ChannelHandlerContext context, int streamId, Http2Headers headers, int padding,
				boolean endOfStream) {
			pinged = false;
			Exchange exchange = exchange(streamId);
			if (exchange != null) {
				exchange.read(headers);
				if (endOfStream) {
					exchange.end();
				}
			}
		}

		@Override
		public int onDataRead(ChannelHandlerContext context, int streamId, ByteBuf data, int padding,
				boolean endOfStream) {
			int processed = data.readableBytes() + padding;
			Exchange exchange = exchange(streamId);
			if (exchange != null) {
				exchange.read(data);
				if (endOfStream) {
					exchange.end();
				}
			}
			return processed;
		}

		@Override
		public void onRstStreamRead(ChannelHandlerContext context, int streamId, long errorCode) {
			Exchange exchange = exchange(streamId);
			if (exchange != null) {
				exchange.fail("the stream was reset: " + Http2Error.valueOf(errorCode));
			}
		}

		@Override
		public void onGoAwayRead(ChannelHandlerContext context, int lastStreamId, long errorCode, ByteBuf debugData) {
			retire();
		}

		private @Nullable Exchange exchange(int streamId) {
			Http2Stream stream = connection().stream(streamId);
			return stream == null ? null : stream.getProperty(exchangeKey);
		}

	}

	private final class StreamEnds extends Http2ConnectionAdapter {

		@Override
		public void onStreamClosed(Http2Stream stream) {
			Exchange exchange = stream.getProperty(exchangeKey);
			if (exchange != null) {
				exchange.fail("the connection was closed");
			}
		}

	}

	/** What has come of one reply. */
	private static final class Exchange {

		private static final byte[] NOTHING = {};

		private final Http2Request request;

		private int status;

		private List<Map.Entry<String, String>> headers = List.of();

		private byte[] body = NOTHING;

		Exchange(Http2Request request) {
			this.request = request;
		}

		void read(Http2Headers read) {
			// Trailers come without a status.
			if (read.status() == null) {
				return;
			}
			status = Integer.parseInt(read.status().toString());
			List<Map.Entry<String, String>> named = new ArrayList<>(read.size());
			read.forEach(header -> {
				if (header.getKey().charAt(0) != ':') {
					named.add(Map.entry(header.getKey().toString(), header.getValue().toString()));
				}
			});
			headers = named;
		}

		void read(ByteBuf data) {
			int before = body.length;
			int more = Math.min(data.readableBytes(), MAX_REPLY_BYTES - before);
			byte[] longer = Arrays.copyOf(body, before + more);
			data.getBytes(data.readerIndex(), longer, before, more);
			body = longer;
		}

		void end() {
			if (status >= 200) {
				request.reply().complete(new Http2Reply(status, headers, body));
			}
			else {
				fail("the reply has no status");
			}
		}

		void fail(String reason) {
			// Every stream is closed in the end, and the stack of an exception is dear.
			if (!request.reply().isDone()) {
				request.reply().completeExceptionally(new IOException(reason));
			}
		}

	}

	private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Streams, Builder> {

		private final Runnable retired;

		Builder(Runnable retired) {
			this.retired = retired;
			server(false);
			initialSettings(Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(MAX_HEADER_BYTES));
			// Headers are made here and hold nothing that HTTP/2 forbids.
			validateHeaders(false);
			// What is in flight when we close is given up anyway.
			gracefulShutdownTimeoutMillis(0);
		}

		@Override
		protected Http2Streams build() {
			return super.build();
		}

		@Override
		protected Http2Streams build(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder,
				Http2Settings settings) {
			return new Http2Streams(decoder, encoder, settings, retired);
		}

	}

}
