package dev.herald.testsupport;

import dev.herald.embedded.EmbeddedBroker;

/** A Qpid Broker-J of its own for whoever asks: each costs little. */
final class EmbeddedQpid implements BrokerSource {

	@Override
	public BrokerKind kind() {
		return BrokerKind.EMBEDDED;
	}

	@Override
	public String description() {
		return "Qpid Broker-J (embedded)";
	}

	@Override
	public TestBroker open() {
		EmbeddedBroker broker = EmbeddedBroker.start();
		return TestBroker.embedded(broker, address(broker), Cleanup.of("close " + broker, broker::close));
	}

	@Override
	public PrivateBroker openPrivate() {
		EmbeddedBroker broker = EmbeddedBroker.start();
		TcpGate gate = TcpGate.before(broker.host(), broker.port());
		Cleanup cleanup = Cleanup.of("close " + broker, () -> {
			gate.close();
			broker.close();
		});
		BrokerAddress gated = address(broker).at(TcpGate.HOST, gate.port());
		return new PrivateBroker(TestBroker.embedded(broker, gated, cleanup), gate, cleanup);
	}

	@Override
	public BrokerServer openServer() {
		throw new IllegalStateException("what is measured needs a real RabbitMQ, but this is " + description());
	}

	private static BrokerAddress address(EmbeddedBroker broker) {
		return new BrokerAddress(broker.host(), broker.port(), broker.username(), broker.password());
	}

}
