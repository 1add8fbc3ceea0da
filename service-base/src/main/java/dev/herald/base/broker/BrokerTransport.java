package dev.herald.base.broker;

import com.rabbitmq.client.ConnectionFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.amqp.autoconfigure.ConnectionFactoryCustomizer;

/**
 * Has the broker's client write through Netty, on one thread for all connections: frames
 * of many publishes and acknowledgements then leave with one system call, where the
 * client's own socket takes one for each.
 */
final class BrokerTransport implements ConnectionFactoryCustomizer, AutoCloseable {

	/** How long a frame waits while the broker takes none. */
	private static final Duration ENQUEUED_WITHIN = Duration.ofSeconds(5);

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("broker-io", true), NioIoHandler.newFactory());

	@Override
	public void customize(ConnectionFactory factory) {
		factory.netty().eventLoopGroup(eventLoop).enqueuingTimeout(ENQUEUED_WITHIN);
	}

	@Override
	public void close() {
		eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

}
