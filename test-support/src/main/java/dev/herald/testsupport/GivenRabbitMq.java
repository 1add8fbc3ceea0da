package dev.herald.testsupport;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The RabbitMQ server that HERALD_TEST_RABBITMQ_URI names. */
final class GivenRabbitMq implements BrokerSource {

	private final RabbitMqServer server;

	private GivenRabbitMq(RabbitMqServer server) {
		this.server = server;
	}

	/**
	 * @param uri with a user who may create virtual hosts
	 * @param managementUrl or null for the plugin's default port on the same host
	 * @throws IllegalArgumentException if one of the two cannot be read
	 */
	static GivenRabbitMq at(String uri, @Nullable String managementUrl) {
		ConnectionFactory factory = new ConnectionFactory();
		try {
			factory.setUri(uri);
		}
		catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException ignored) {
			// Neither the value nor the cause is shown: the password is in them.
			throw new IllegalArgumentException(
					"HERALD_TEST_RABBITMQ_URI must look like amqp://user:password@host:5672, but does not");
		}
		BrokerAddress address = new BrokerAddress(factory.getHost(), factory.getPort(), factory.getUsername(),
				factory.getPassword());
		String url = managementUrl == null ? "http://%s:15672".formatted(address.host()) : managementUrl;
		return new GivenRabbitMq(new RabbitMqServer(address,
				new RabbitMqManagement(URI.create(url), address.username(), address.password())));
	}

	@Override
	public BrokerKind kind() {
		return BrokerKind.RABBITMQ;
	}

	@Override
	public String description() {
		return "RabbitMQ (%s:%d, given by HERALD_TEST_RABBITMQ_URI)".formatted(server.address().host(),
				server.address().port());
	}

	@Override
	public TestBroker open() {
		return server.fresh();
	}

	@Override
	public BrokerServer openServer() {
		TestBroker broker = server.fresh();
		return new BrokerServer(server, broker, OptionalLong.empty(), Cleanup.of("leave " + server, broker::close));
	}

	@Override
	public PrivateBroker openPrivate() {
		TcpGate gate = TcpGate.before(server.address().host(), server.address().port());
		TestBroker broker = server.fresh(server.address().at(TcpGate.HOST, gate.port()));
		return new PrivateBroker(broker, gate, Cleanup.of("close the way to " + server, () -> {
			broker.close();
			gate.close();
		}));
	}

}
