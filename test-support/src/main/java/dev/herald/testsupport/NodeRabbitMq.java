package dev.herald.testsupport;

import java.nio.file.Path;

/**
 * RabbitMQ as a process: one node for all tests of this JVM, and one for each that asks.
 */
final class NodeRabbitMq implements BrokerSource {

	private final Path program;

	private final Lazy<RabbitMqServer> shared;

	NodeRabbitMq(Path program) {
		this.program = program;
		this.shared = new Lazy<>(() -> {
			RabbitMqNode node = RabbitMqNode.start(program);
			Cleanup.of("remove a RabbitMQ node", node::remove);
			return ready(node);
		});
	}

	@Override
	public BrokerKind kind() {
		return BrokerKind.RABBITMQ;
	}

	@Override
	public String description() {
		return "RabbitMQ (a private node of " + program + ")";
	}

	@Override
	public TestBroker open() {
		return shared.get().fresh();
	}

	@Override
	public PrivateBroker openPrivate() {
		RabbitMqNode node = RabbitMqNode.start(program);
		RabbitMqServer server = ready(node);
		TcpGate gate = TcpGate.before(server.address().host(), server.address().port());
		Cleanup cleanup = Cleanup.of("remove a private RabbitMQ node", () -> {
			gate.close();
			node.remove();
		});
		TestBroker broker = server.whole(server.address().at(TcpGate.HOST, gate.port()));
		return new PrivateBroker(broker, node, gate, new ControlledMemoryAlarm(node::control), cleanup);
	}

	@Override
	public BrokerServer openServer() {
		RabbitMqNode node = RabbitMqNode.start(program);
		Cleanup cleanup = Cleanup.of("remove a RabbitMQ node", node::remove);
		RabbitMqServer server = ready(node);
		return new BrokerServer(server, server.whole(server.address()), node.pid(), cleanup);
	}

	private RabbitMqServer ready(RabbitMqNode node) {
		Startup startup = Startup.of(program.toString());
		Readiness.await(node.server().address());
		startup.finished("RabbitMQ " + node.server().version());
		return node.server();
	}

}
