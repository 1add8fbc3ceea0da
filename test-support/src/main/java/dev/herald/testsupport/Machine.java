package dev.herald.testsupport;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * What this machine has to run tests on.
 *
 * @param environment its variables
 * @param docker whether a Docker engine answers
 * @param rabbitMq where its rabbitmq-server is
 */
record Machine(Map<String, String> environment, BooleanSupplier docker, Supplier<Optional<Path>> rabbitMq) {

	/** Debian's in /usr/sbin runs as its own user only; this one runs as anybody. */
	private static final Path DEBIAN = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

	static Machine local() {
		return new Machine(System.getenv(), () -> DockerClientFactory.instance().isDockerAvailable(),
				Machine::findRabbitMq);
	}

	Optional<String> variable(String name) {
		return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
	}

	private static Optional<Path> findRabbitMq() {
		Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map(directory -> Path.of(directory, "rabbitmq-server"));
		return Stream.concat(Stream.of(DEBIAN), onPath).filter(Files::isExecutable).findFirst();
	}

}
