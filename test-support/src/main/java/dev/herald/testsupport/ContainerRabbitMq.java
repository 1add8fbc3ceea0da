package dev.herald.testsupport;

import java.io.IOException;
import java.net.URI;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** RabbitMQ in a container: one for all tests of this JVM, and one for each that asks. */
final class ContainerRabbitMq implements BrokerSource {

	private static final String IMAGE = "rabbitmq:4-management";

	/** As often as Testcontainers itself tries a MySQL. */
	private static final int STARTUP_ATTEMPTS = 3;

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
		RabbitMqServer server = start(container);
		TcpGate gate = TcpGate.before(server.address().host(), server.address().port());
		TestBroker broker = server.whole(server.address().at(TcpGate.HOST, gate.port()));
		return new PrivateBroker(broker, new ContainerSwitch(container), gate, alarm(container),
				Cleanup.of("remove a private " + IMAGE, () -> {
					gate.close();
					container.stop();
				}));
	}

	@Override
	public BrokerServer openServer() {
		RabbitMQContainer container = container();
		RabbitMqServer server = start(container);
		ContainerAddress nearest = ContainerAddress.nearest(container, AMQP_PORT);
		TestBroker broker = server.whole(server.address().at(nearest.host(), nearest.port()));
		return new BrokerServer(server, broker, ContainerProcess.pid(container),
				Cleanup.of("remove a " + IMAGE + " to measure on", container::stop));
	}

	private static MemoryAlarm alarm(RabbitMQContainer container) {
		return new ControlledMemoryAlarm(command -> {
			ExecResult result = container.execInContainer(command.toArray(String[]::new));
			if (result.getExitCode() != 0) {
				throw new IOException("exit code %d: %s".formatted(result.getExitCode(), result.getStderr()));
			}
		});
	}

	private static RabbitMQContainer container() {
		return new RabbitMQContainer(IMAGE).withAdminUser("herald")
			.withAdminPassword(Names.password())
			.withStartupAttempts(STARTUP_ATTEMPTS)
			// As in docker-compose.yml.
			.withEnv("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
					"+sbwt none +sbwtdcpu none +sbwtdio none -ra wal_max_size_bytes 67108864");
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
