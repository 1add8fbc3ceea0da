package dev.herald.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;

/**
 * Where a port of a container is reached.
 *
 * @param host a name or an address
 */
record ContainerAddress(String host, int port) {

	private static final Duration NEAR = Duration.ofSeconds(1);

	/**
	 * The container's own address where this machine reaches it, as containers reach one
	 * another; else the published port. Between that and the container Docker has a
	 * process of its own, which copies every byte (Docker, <em>dockerd, userland
	 * proxy</em>). The address may be another after a restart.
	 */
	static ContainerAddress nearest(GenericContainer<?> container, int port) {
		return container.getCurrentContainerInfo()
			.getNetworkSettings()
			.getNetworks()
			.values()
			.stream()
			.map(network -> new ContainerAddress(String.valueOf(network.getIpAddress()), port))
			.filter(ContainerAddress::isReached)
			.findFirst()
			.orElseGet(() -> new ContainerAddress(container.getHost(), container.getMappedPort(port)));
	}

	private boolean isReached() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(host, port), (int) NEAR.toMillis());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
