package dev.herald.base.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.Connection;

/**
 * Declares one thing after the other. The broker answers a declaration that differs from
 * an earlier one by closing the channel: that is logged, and the next goes over another
 * channel, so that one wrong queue keeps no other from being declared.
 */
final class Declaring implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Declaring.class);

	private final Connection connection;

	private @Nullable Channel channel;

	Declaring(Connection connection) {
		this.connection = connection;
	}

	void run(String what, Declaration declaration) {
		try {
			declaration.on(openChannel());
		}
		catch (IOException | ShutdownSignalException | AmqpException ex) {
			if (connection.isOpen()) {
				log.error("{} could not be declared: {}", what, reason(ex));
			}
			else {
				log.info("{} could not be declared: the connection broke; the next one declares again", what);
			}
		}
	}

	private Channel openChannel() {
		Channel open = channel;
		if (open == null || !open.isOpen()) {
			open = connection.createChannel(false);
			channel = open;
		}
		return open;
	}

	private static String reason(Exception failure) {
		Throwable cause = failure.getCause() instanceof ShutdownSignalException closed ? closed : failure;
		return cause instanceof ShutdownSignalException closed
				&& closed.getReason() instanceof AMQP.Channel.Close refusal ? refusal.getReplyText()
						: failure.toString();
	}

	@Override
	public void close() {
		Channel open = channel;
		if (open == null || !open.isOpen()) {
			return;
		}
		try {
			open.close();
		}
		catch (IOException | TimeoutException | RuntimeException ex) {
			log.debug("A channel broke while it was being closed", ex);
		}
	}

	/** One declaration. */
	@FunctionalInterface
	interface Declaration {

		void on(Channel channel) throws IOException;

	}

}
