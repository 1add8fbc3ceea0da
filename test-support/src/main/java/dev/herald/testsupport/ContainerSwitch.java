package dev.herald.testsupport;

import com.github.dockerjava.api.DockerClient;
import java.util.stream.IntStream;
import org.testcontainers.containers.GenericContainer;

/** Docker's own ways to take a container away and bring it back, with its data. */
final class ContainerSwitch implements Switch {

	private static final String ANY_ADDRESS = "0.0.0.0";

	private static final int SECONDS_TO_STOP = 30;

	private final DockerClient docker;

	private final String container;

	ContainerSwitch(GenericContainer<?> container) {
		this.docker = container.getDockerClient();
		this.container = container.getContainerId();
	}

	/** Publishes ports under numbers that survive a restart, unlike the usual ones. */
	static void fixPorts(GenericContainer<?> container, int... ports) {
		container.setPortBindings(IntStream.of(ports).mapToObj(port -> FreePort.on(ANY_ADDRESS) + ":" + port).toList());
	}

	@Override
	public void stop() {
		docker.stopContainerCmd(container).withTimeout(SECONDS_TO_STOP).exec();
	}

	@Override
	public void start() {
		docker.startContainerCmd(container).exec();
	}

	@Override
	public void kill() {
		docker.killContainerCmd(container).exec();
	}

	@Override
	public void pause() {
		docker.pauseContainerCmd(container).exec();
	}

	@Override
	public void resume() {
		docker.unpauseContainerCmd(container).exec();
	}

}
