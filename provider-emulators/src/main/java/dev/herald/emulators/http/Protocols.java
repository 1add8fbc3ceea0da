package dev.herald.emulators.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** Fills the pipeline of a new connection for the protocol it turns out to speak. */
record Protocols(Endpoint endpoint, int maxBody) {

	void install(Channel connection, @Nullable SslContext tls) {
		ChannelPipeline pipeline = connection.pipeline();
		if (tls == null) {
			speakHttp1(pipeline);
			return;
		}
		pipeline.addLast(tls.newHandler(connection.alloc()), new Negotiated(this, tls));
	}

	private void speakHttp1(ChannelPipeline pipeline) {
		pipeline.addLast(new HttpServerCodec(), new HttpServerKeepAliveHandler(),
				new HttpObjectAggregator(this.maxBody), new Http1Requests(this.endpoint));
	}

	/**
	 * Answers to many requests leave in one write: that is most of the speed under load.
	 */
	private void speakHttp2(ChannelPipeline pipeline) {
		pipeline.addLast(new FlushConsolidationHandler(256, true),
				new Http2RequestsBuilder().build(this.endpoint, this.maxBody));
	}

	private static final class Negotiated extends ApplicationProtocolNegotiationHandler {

		private final Protocols protocols;

		/**
		 * Who does not negotiate speaks the last protocol on offer. APNs has one only,
		 * and pushy relies on that: it negotiates nothing and speaks HTTP/2 at once.
		 */
		Negotiated(Protocols protocols, SslContext tls) {
			super(tls.applicationProtocolNegotiator().protocols().getLast());
			this.protocols = protocols;
		}

		@Override
		protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
			if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
				this.protocols.speakHttp2(ctx.pipeline());
			}
			else {
				this.protocols.speakHttp1(ctx.pipeline());
			}
		}

		@Override
		protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

}
