package dev.herald.base.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.herald.base.backends.RealRabbitMq;
import dev.herald.base.backends.RequiresRealRabbitMq;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The broker's client up to 5.33 lost an answer to its header that came before it looked
 * for one: the connection was closed, and whoever had asked for it waited for 5 s
 * (<a href="https://github.com/rabbitmq/rabbitmq-java-client/pull/2017">amqp-client
 * 2017</a>). Spring Boot brings one of these.
 */
@RequiresRealRabbitMq
@Timeout(60)
class BrokerHandshakeTests {

	private static final long SLOWLY_NANOS = 100_000_000;

	@Test
	void aBrokerThatAnswersBeforeItsClientLooksIsHeard() throws Exception {
		ConnectionFactory client = RealRabbitMq.client(RealRabbitMq.virtualHost());
		client.setAutomaticRecoveryEnabled(false);
		try (EventLoopGroup slow = new SlowToGoOn()) {
			client.netty().eventLoopGroup(slow);
			try (Connection connection = client.newConnection("slow to go on")) {
				assertThat(connection.isOpen()).isTrue();
			}
		}
	}

	/** Holds up whoever writes, and not what is written. */
	private static final class SlowToGoOn extends MultiThreadIoEventLoopGroup {

		SlowToGoOn() {
			super(1, NioIoHandler.newFactory());
		}

		@Override
		protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... arguments) {
			return new SingleThreadIoEventLoop(this, executor, handlers) {
				@Override
				public void execute(Runnable task) {
					super.execute(task);
					if (!inEventLoop()) {
						LockSupport.parkNanos(SLOWLY_NANOS);
					}
				}
			};
		}

	}

}
