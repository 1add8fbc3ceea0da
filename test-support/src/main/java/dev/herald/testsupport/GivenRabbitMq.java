package dev.herald.testsupport;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;

/** The RabbitMQ server that HERALD_TEST_RABBITMQ_URI names. */
final class GivenRabbitMq implements BrokerSource {

	/** Where the management plugin listens unless configured otherwise. */
	private static final int MANAGEMENT_PORT = 15672;

	private final BrokerAddress address;

	private final String virtualHost;

	private final Lazy<RabbitMqServer> server = new Lazy<>(this::probe);

	private GivenRabbitMq(BrokerAddress address, String virtualHost) {
		this.address = address;
		this.virtualHost = virtualHost;
	}

	/**
	 * @throws IllegalArgumentException if it is no URI of a RabbitMQ server
	 */
	static GivenRabbitMq at(String uri) {
		ConnectionFactory factory = new ConnectionFactory();
		try {
			factory.setUri(uri);
		}
		catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"HERALD_TEST_RABBITMQ_URI must look like amqp://user:password@host:5672/%2F", ex);
		}
		return new GivenRabbitMq(
				new BrokerAddress(factory.getHost(), factory.getPort(), factory.getUsername(), factory.getPassword()),
				factory.getVirtualHost());
	}

	@Override
	public BrokerKind kind() {
		return BrokerKind.RABBITMQ;
	}

	@Override
	public String description() {
		return "RabbitMQ (%s:%d, given by HERALD_TEST_RABBITMQ_URI)".formatted(address.host(), address.port());
	}

	@Override
	public TestBroker open() {
		return server.get().fresh();
	}

	@Override
	public PrivateBroker openPrivate() {
		TcpGate gate = TcpGate.before(address.host(), address.port());
		TestBroker broker = server.get().fresh(address.at(TcpGate.HOST, gate.port()));
		return new PrivateBroker(broker, gate, Cleanup.of("close the way to " + address, () -> {
			broker.close();
			gate.close();
		}));
	}

	private RabbitMqServer probe() {
		RabbitMqManagement management = new RabbitMqManagement(
				URI.create("http://%s:%d".formatted(address.host(), MANAGEMENT_PORT)), address.username(),
				address.password());
		return new RabbitMqServer(address, virtualHost, management.answers() ? management : null);
	}

}
