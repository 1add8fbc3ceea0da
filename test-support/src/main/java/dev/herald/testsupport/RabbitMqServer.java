package dev.herald.testsupport;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A running RabbitMQ server. */
record RabbitMqServer(BrokerAddress address, RabbitMqManagement management) {

	/** The one that every new server has. */
	private static final String DEFAULT_VIRTUAL_HOST = "/";

	/** A virtual host of its own. */
	TestBroker fresh() {
		return fresh(address);
	}

	/**
	 * Likewise.
	 * @param way how the broker's users reach this server
	 */
	TestBroker fresh(BrokerAddress way) {
		String fresh = "herald-" + Names.random();
		management.createVirtualHost(fresh);
		Cleanup cleanup = Cleanup.of("delete virtual host " + fresh, () -> management.deleteVirtualHost(fresh));
		return TestBroker.rabbitMq(way, fresh, management.uri(), cleanup);
	}

	/**
	 * The default virtual host, for one who has the whole server.
	 * @param way how it is reached
	 */
	TestBroker whole(BrokerAddress way) {
		return TestBroker.rabbitMq(way, DEFAULT_VIRTUAL_HOST, management.uri(), Cleanup.of("leave " + this, () -> {
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
