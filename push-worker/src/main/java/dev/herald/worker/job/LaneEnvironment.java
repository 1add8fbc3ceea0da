package dev.herald.worker.job;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.herald.base.broker.JoiningPublisher;
import dev.herald.worker.push.PushServices;
import dev.herald.worker.registration.RegistrationCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * What all lanes work with.
 *
 * @param connections where the channels to consume on come from
 * @param executor its threads may block
 */
record LaneEnvironment(WorkerProperties properties, PushServices services, RegistrationCheck registrations,
		OutcomeHandler outcomes, ConnectionFactory connections, JoiningPublisher publisher, MeterRegistry meters,
		Executor executor, Clock clock) {

	/**
	 * Opens a channel, which the caller closes.
	 * @throws IOException if the connection has none left
	 * @throws org.springframework.amqp.AmqpException if the broker is away
	 */
	Channel channel() throws IOException {
		Connection connection = connections.createConnection().getDelegate();
		Channel channel = Objects.requireNonNull(connection, "a connection has a delegate").createChannel();
		if (channel == null) {
			throw new IOException("the connection has no channel left");
		}
		return channel;
	}

}
