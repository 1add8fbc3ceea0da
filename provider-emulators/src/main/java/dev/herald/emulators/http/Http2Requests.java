package dev.herald.emulators.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection, on the frames themselves: a channel for each stream, as Netty's
 * multiplexer makes them, would cost more than all the rest of a push.
 */
final class Http2Requests extends Http2ConnectionHandler {

	/** The user event that sends a client away. */
	static final Object GO_AWAY = new Object();

	private static final AsciiString[] STATUS = statusValues();

	private final Endpoint endpoint;

	private final int maxBody;

	private final PropertyKey unfinished;

	Http2Requests(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings,
			Endpoint endpoint, int maxBody) {
		super(decoder, encoder, settings);
		this.endpoint = endpoint;
		this.maxBody = maxBody;
		this.unfinished = encoder.connection().newKey();
	}

	private static AsciiString[] statusValues() {
		AsciiString[] values = new AsciiString[600];
		for (int status = 0; status < values.length; status++) {
			values[status] = AsciiString.cached(Integer.toString(status));
		}
		return values;
	}

	Http2FrameListener frames() {
		return new Frames();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
		if (event == GO_AWAY) {
			sendAway(ctx, connection().remote().lastStreamCreated());
			return;
		}
		super.userEventTriggered(ctx, event);
	}

	private void dispatch(ChannelHandlerContext ctx, int streamId, Http2Headers headers, byte[] body,
			boolean truncated) {
		Request request = new Request(text(headers.method()), text(headers.path()), (name) -> {
			CharSequence value = headers.get(name);
			return (value != null) ? value.toString() : null;
		}, body, truncated);
		this.endpoint.handle(request, new Http2Exchange(ctx, streamId));
	}

	private static String text(@Nullable CharSequence value) {
		return (value != null) ? value.toString() : "";
	}

	private void sendAway(ChannelHandlerContext ctx, int lastProcessed) {
		if (!connection().goAwaySent()) {
			goAway(ctx, lastProcessed, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, ctx.newPromise());
			ctx.flush();
			ctx.channel().close();
		}
	}

	/** A request whose body is still arriving. */
	private static final class Unfinished {

		final Http2Headers headers;

		final ByteArrayOutputStream body = new ByteArrayOutputStream();

		boolean truncated;

		Unfinished(Http2Headers headers) {
			this.headers = headers;
		}

		void append(ByteBuf data, int maxBody) {
			int room = maxBody - this.body.size();
			this.truncated |= data.readableBytes() > room;
			try {
				data.getBytes(data.readerIndex(), this.body, Math.min(room, data.readableBytes()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	private final class Frames extends Http2FrameAdapter {

		@Override
		public void onHeadersRead(ChannelHandlerContext ctx, int streamId, Http2Headers headers, int streamDependency,
				short weight, boolean exclusive, int padding, boolean endStream) {
			onHeadersRead(ctx, streamId, headers, padding, endStream);
		}

		@Override
		public void onHeadersRead(ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding,
				boolean endStream) {
			Http2Stream stream = connection().stream(streamId);
			Unfinished begun = stream.getProperty(Http2Requests.this.unfinished);
			if (begun == null && !endStream) {
				stream.setProperty(Http2Requests.this.unfinished, new Unfinished(headers));
			}
			else if (begun == null) {
				dispatch(ctx, streamId, headers, new byte[0], false);
			}
			else if (endStream) {
				dispatch(ctx, streamId, begun.headers, begun.body.toByteArray(), begun.truncated);
			}
		}

		@Override
		public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
			int consumed = data.readableBytes() + padding;
			Unfinished request = connection().stream(streamId).getProperty(Http2Requests.this.unfinished);
			if (request == null) {
				return consumed;
			}
			if (endOfStream && request.body.size() == 0 && data.readableBytes() <= Http2Requests.this.maxBody) {
				dispatch(ctx, streamId, request.headers, ByteBufUtil.getBytes(data), false);
				return consumed;
			}
			request.append(data, Http2Requests.this.maxBody);
			if (endOfStream) {
				dispatch(ctx, streamId, request.headers, request.body.toByteArray(), request.truncated);
			}
			return consumed;
		}

	}

	private final class Http2Exchange implements Exchange {

		private final ChannelHandlerContext ctx;

		private final int streamId;

		Http2Exchange(ChannelHandlerContext ctx, int streamId) {
			this.ctx = ctx;
			this.streamId = streamId;
		}

		@Override
		public void answer(Response response) {
			if (connection().stream(this.streamId) == null) {
				return;
			}
			boolean empty = response.body().length == 0;
			encoder().writeHeaders(this.ctx, this.streamId, headersOf(response), 0, empty, this.ctx.newPromise());
			if (!empty) {
				encoder().writeData(this.ctx, this.streamId, Unpooled.wrappedBuffer(response.body()), 0, true,
						this.ctx.newPromise());
			}
			flush(this.ctx);
		}

		private static Http2Headers headersOf(Response response) {
			Http2Headers headers = new DefaultHttp2Headers(false, 8);
			headers.status(STATUS[response.status()]);
			response.headers().forEach((header) -> headers.add(header.name(), header.value()));
			return headers;
		}

		@Override
		public void later(Duration delay, Runnable task) {
			this.ctx.executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
		}

		@Override
		public void drop() {
			this.ctx.close();
		}

		@Override
		public void goAway() {
			sendAway(this.ctx, Math.max(0, this.streamId - 2));
		}

	}

}
