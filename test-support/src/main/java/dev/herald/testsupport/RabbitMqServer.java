package dev.herald.testsupport;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A running RabbitMQ server.
 *
 * @param virtualHost one that is there already
 * @param management null where it does not answer
 */
record RabbitMqServer(BrokerAddress address, String virtualHost, @Nullable RabbitMqManagement management) {

	/** A virtual host of its own, if the management API answers. */
	TestBroker fresh() {
		return fresh(address);
	}

	/**
	 * Likewise.
	 * @param way how the broker's users reach this server
	 */
	TestBroker fresh(BrokerAddress way) {
		if (management == null) {
			return TestBroker.rabbitMq(way, virtualHost, true, null, Cleanup.of("leave " + this, () -> {
			}));
		}
		String fresh = "herald-" + Names.random();
		management.createVirtualHost(fresh);
		Cleanup cleanup = Cleanup.of("delete virtual host " + fresh, () -> management.deleteVirtualHost(fresh));
		return TestBroker.rabbitMq(way, fresh, false, management.uri(), cleanup);
	}

	/** The virtual host that is there, for one who has the whole server. */
	TestBroker whole() {
		return TestBroker.rabbitMq(address, virtualHost, false, management == null ? null : management.uri(),
				Cleanup.of("leave " + this, () -> {
				}));
	}

	String version() {
		try (Connection connection = address.connectionFactory().newConnection()) {
			return String.valueOf(connection.getServerProperties().get("version"));
		}
		catch (IOException | TimeoutException ex) {
			throw new IllegalStateException(this + " does not answer: " + ex.getMessage(), ex);
		}
	}

	@Override
	public String toString() {
		return address.toString();
	}

}
