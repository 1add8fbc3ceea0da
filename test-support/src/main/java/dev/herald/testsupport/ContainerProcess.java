package dev.herald.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.testcontainers.containers.GenericContainer;

/** Finds a container's first process on this machine. */
final class ContainerProcess {

	private ContainerProcess() {
	}

	/**
	 * Its id; empty where the engine runs on another machine, on which the number it
	 * tells means something else.
	 */
	static OptionalLong pid(GenericContainer<?> container) {
		Long pid = container.getCurrentContainerInfo().getState().getPidLong();
		return pid != null && pid > 0 && isOf(container, pid) ? OptionalLong.of(pid) : OptionalLong.empty();
	}

	private static boolean isOf(GenericContainer<?> container, long pid) {
		try {
			return Files.readString(Path.of("/proc/" + pid + "/cgroup")).contains(container.getContainerId());
		}
		catch (IOException ex) {
			return false;
		}
	}

}
