package dev.herald.testsupport;

import java.net.URI;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** RabbitMQ in a container: one for all tests of this JVM, and one for each that asks. */
final class ContainerRabbitMq implements BrokerSource {

	private static final String IMAGE = "rabbitmq:4-management";

	private static final int AMQP_PORT = 5672;

	private static final int MANAGEMENT_PORT = 15672;

	private final Lazy<RabbitMqServer> shared = new Lazy<>(() -> start(container()));

	@Override
	public BrokerKind kind() {
		return BrokerKind.RABBITMQ;
	}

	@Override
	public String description() {
		return "RabbitMQ (Testcontainers, " + IMAGE + ")";
	}

	@Override
	public TestBroker open() {
		return shared.get().fresh();
	}

	@Override
	public PrivateBroker openPrivate() {
		RabbitMQContainer container = container();
		ContainerSwitch.fixPorts(container, AMQP_PORT, MANAGEMENT_PORT);
		TestBroker broker = start(container).whole();
		return new PrivateBroker(broker, new ContainerSwitch(container),
				Cleanup.of("remove a private " + IMAGE, container::stop));
	}

	private static RabbitMQContainer container() {
		return new RabbitMQContainer(IMAGE).withAdminUser("herald").withAdminPassword(Names.password());
	}

	private static RabbitMqServer start(RabbitMQContainer container) {
		Startup startup = Startup.of(IMAGE);
		Cleanup.of("remove " + IMAGE, container::stop);
		container.start();
		BrokerAddress address = new BrokerAddress(container.getHost(), container.getAmqpPort(),
				container.getAdminUsername(), container.getAdminPassword());
		RabbitMqServer server = new RabbitMqServer(address,
				new RabbitMqManagement(URI.create(container.getHttpUrl()), address.username(), address.password()));
		startup.finished("RabbitMQ " + server.version());
		return server;
	}

}
