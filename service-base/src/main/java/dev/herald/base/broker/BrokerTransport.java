package dev.herald.base.broker;

import com.rabbitmq.client.ConnectionFactory;
import dev.herald.base.io.RestingSelectStrategy;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import org.springframework.boot.amqp.autoconfigure.ConnectionFactoryCustomizer;

/**
 * Has the broker's client write through Netty, on one thread for all connections: frames
 * of many publishes and acknowledgements then leave with one system call, where the
 * client's own socket takes one for each. The thread rests between its rounds, so that
 * more of them gather (ADR 0040).
 */
final class BrokerTransport implements ConnectionFactoryCustomizer {

	/** How long a frame waits while the broker takes none. */
	private static final Duration ENQUEUED_WITHIN = Duration.ofSeconds(5);

	/**
	 * Ends with the JVM, as a daemon: whatever is closed with the application context
	 * still has something to say to the broker, and would wait for an answer that nobody
	 * reads.
	 */
	private static final EventLoopGroup EVENT_LOOP = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("broker-io", true),
			NioIoHandler.newFactory(SelectorProvider.provider(), RestingSelectStrategy.newFactory()));

	@Override
	public void customize(ConnectionFactory factory) {
		factory.netty().eventLoopGroup(EVENT_LOOP).enqueuingTimeout(ENQUEUED_WITHIN);
	}

}
