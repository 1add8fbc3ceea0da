package dev.herald.worker.fcm;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Connects to one server, by TLS with a verified host name. Safe for use by many threads.
 */
final class Http2Dialer {

	/**
	 * A connection that is quiet for so long is pinged, and given up if it stays so for
	 * as long again.
	 */
	private static final Duration QUIET = Duration.ofSeconds(10);

	private static final int HTTPS = 443;

	private final Bootstrap bootstrap;

	private final JdkSslContext tls;

	private final String host;

	private final int port;

	private final Duration connectTimeout;

	/**
	 * @param server scheme and host, and a port where it is another than 443
	 * @param connectTimeout for TCP, and again for TLS
	 */
	Http2Dialer(EventLoopGroup eventLoops, SSLContext tls, URI server, Duration connectTimeout) {
		this.host = server.getHost();
		this.port = server.getPort() < 0 ? HTTPS : server.getPort();
		this.connectTimeout = connectTimeout;
		this.tls = new JdkSslContext(tls, true, null, IdentityCipherSuiteFilter.INSTANCE,
				new ApplicationProtocolConfig(Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE,
						SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2),
				ClientAuth.NONE, null, false);
		this.bootstrap = new Bootstrap().group(eventLoops)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()));
	}

	/** Begins to connect. */
	ChannelFuture connect(Http2Streams streams) {
		return bootstrap.clone().handler(new ChannelInitializer<SocketChannel>() {
			@Override
			protected void initChannel(SocketChannel channel) {
				channel.pipeline()
					.addLast(tls(channel), new IdleStateHandler(QUIET.toMillis(), 0, 0, TimeUnit.MILLISECONDS),
							streams);
			}
		}).connect(host, port);
	}

	private SslHandler tls(SocketChannel channel) {
		SslHandler handler = tls.newHandler(channel.alloc(), host, port);
		SSLParameters parameters = handler.engine().getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		handler.engine().setSSLParameters(parameters);
		handler.setHandshakeTimeoutMillis(connectTimeout.toMillis());
		return handler;
	}

}
