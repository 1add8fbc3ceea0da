package dev.herald.emulators.http;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A listening port. Bound first and served later, so that what is served can know the
 * port; who connects in between waits. With TLS the client's ALPN decides between HTTP/2
 * and HTTP/1.1, as far as the TLS context offers them; without, it is HTTP/1.1.
 */
public final class HttpServer implements AutoCloseable {

	private static final int BACKLOG = 1024;

	private final Channel listening;

	private final ChannelGroup connections;

	private final AtomicReference<Consumer<Channel>> installer;

	private HttpServer(Channel listening, ChannelGroup connections, AtomicReference<Consumer<Channel>> installer) {
		this.listening = listening;
		this.connections = connections;
		this.installer = installer;
	}

	/**
	 * Binds a port.
	 * @param address port 0 takes a free one
	 * @throws IllegalStateException if the address cannot be bound
	 */
	public static HttpServer bind(EventLoopGroup group, InetSocketAddress address) {
		ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		AtomicReference<Consumer<Channel>> installer = new AtomicReference<>(Channel::close);
		ChannelFuture bound = new ServerBootstrap().group(group)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.option(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel connection) {
					connections.add(connection);
					installer.get().accept(connection);
				}
			})
			.bind(address)
			.awaitUninterruptibly();
		if (!bound.isSuccess()) {
			throw new IllegalStateException("Cannot listen on " + address + ", expected a free port of this machine",
					bound.cause());
		}
		return new HttpServer(bound.channel(), connections, installer);
	}

	/**
	 * Serves the port until {@link #close()}.
	 * @param tls null for plain HTTP/1.1
	 * @param maxBody how many bytes of a request's body are kept
	 */
	public void serve(@Nullable SslContext tls, int maxBody, Endpoint endpoint) {
		Protocols protocols = new Protocols(new SafeEndpoint(endpoint), maxBody);
		this.installer.set((connection) -> protocols.install(connection, tls));
		this.listening.config().setAutoRead(true);
	}

	/** The port that is listened on. */
	public int port() {
		return ((InetSocketAddress) this.listening.localAddress()).getPort();
	}

	/** How many clients are connected. */
	public int connectionCount() {
		return this.connections.size();
	}

	/** Closes every connection at once, as a failing network would. */
	public void dropConnections() {
		this.connections.close();
	}

	/**
	 * Sends every client away: requests under way finish, then the connection closes.
	 */
	public void goAway() {
		this.connections.forEach((connection) -> connection.pipeline().fireUserEventTriggered(Http2Requests.GO_AWAY));
	}

	/** Stops listening and drops all connections. */
	@Override
	public void close() {
		this.listening.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
		this.connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

}
