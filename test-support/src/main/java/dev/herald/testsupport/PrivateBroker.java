package dev.herald.testsupport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TestBroker} that only one test uses, which may therefore take its server away.
 * On RabbitMQ by Testcontainers or as a private node it is the server that is stopped,
 * killed or paused; a server given by its address and the embedded one are cut off
 * instead. Either way the address, that of the {@link #network()}, stays, and so does
 * what is durable. Each call returns when it is done: {@link #start()} when the broker
 * accepts connections. {@link #close()} ends it for good.
 */
public final class PrivateBroker implements AutoCloseable {

	private final TestBroker broker;

	private final Switch server;

	private final TcpGate network;

	private final @Nullable MemoryAlarm memoryAlarm;

	private final Cleanup cleanup;

	/** A server of its own. */
	PrivateBroker(TestBroker broker, Switch server, TcpGate network, MemoryAlarm memoryAlarm, Cleanup cleanup) {
		this.broker = broker;
		this.server = new GatedSwitch(server, network);
		this.network = network;
		this.memoryAlarm = memoryAlarm;
		this.cleanup = cleanup;
	}

	/** A server that others use too. */
	PrivateBroker(TestBroker broker, TcpGate network, Cleanup cleanup) {
		this.broker = broker;
		this.server = network;
		this.network = network;
		this.memoryAlarm = null;
		this.cleanup = cleanup;
	}

	/** Where it is, whether or not it answers at the moment. */
	public TestBroker broker() {
		return broker;
	}

	/** Stops the server: connections close, new ones are refused. */
	public void stop() {
		server.stop();
	}

	/**
	 * Starts the server on the address it had, after {@link #stop()} or {@link #kill()}.
	 */
	public void start() {
		server.start();
		Readiness.await(broker);
	}

	/** Kills the server, as a power failure does. */
	public void kill() {
		server.kill();
	}

	/** Freezes the server: connections stay, but nothing is answered any more. */
	public void pause() {
		server.pause();
	}

	/** Lets the server go on after {@link #pause()}. */
	public void resume() {
		server.resume();
	}

	/** What lies between the broker and its clients. Not to be closed or stopped. */
	public TcpGate network() {
		return network;
	}

	/** Its memory alarm; empty where it is not RabbitMQ, or others would suffer too. */
	public Optional<MemoryAlarm> memoryAlarm() {
		return Optional.ofNullable(memoryAlarm);
	}

	@Override
	public void close() {
		cleanup.run();
	}

}
