package dev.herald.emulators.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * One HTTP/1.1 connection. Clients that pipeline are not supported; none of ours does.
 */
final class Http1Requests extends SimpleChannelInboundHandler<FullHttpRequest> {

	private final Endpoint endpoint;

	private int unanswered;

	private boolean leaving;

	Http1Requests(Endpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
		HttpHeaders headers = message.headers();
		Request request = new Request(message.method().name(), message.uri(), headers::get,
				ByteBufUtil.getBytes(message.content()), false);
		this.unanswered++;
		this.endpoint.handle(request, new Http1Exchange(ctx));
	}

	/** The nearest thing to GOAWAY: close as soon as nothing is under way. */
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
		if (event == Http2Requests.GO_AWAY) {
			this.leaving = true;
			closeIfDone(ctx);
			return;
		}
		super.userEventTriggered(ctx, event);
	}

	private void closeIfDone(ChannelHandlerContext ctx) {
		if (this.leaving && this.unanswered == 0) {
			ctx.close();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		ctx.close();
	}

	private final class Http1Exchange implements Exchange {

		private final ChannelHandlerContext ctx;

		Http1Exchange(ChannelHandlerContext ctx) {
			this.ctx = ctx;
		}

		@Override
		public void answer(Response response) {
			FullHttpResponse message = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
					HttpResponseStatus.valueOf(response.status()), Unpooled.wrappedBuffer(response.body()));
			response.headers().forEach((header) -> message.headers().add(header.name(), header.value()));
			message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
			this.ctx.writeAndFlush(message, this.ctx.voidPromise());
			Http1Requests.this.unanswered--;
			closeIfDone(this.ctx);
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
			drop();
		}

	}

}
