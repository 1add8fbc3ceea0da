package dev.herald.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ node from the rabbitmq-server of this machine, with its own directory,
 * ports, cookie and port mapper, so that it knows no other node and no other node knows
 * it.
 *
 * @see <a href="https://www.rabbitmq.com/docs/configure">RabbitMQ, Configuration</a>
 */
final class RabbitMqNode implements Switch {

	private static final String HOST = "127.0.0.1";

	private final Path program;

	private final Path directory;

	private final int port = FreePort.on(HOST);

	private final int managementPort = FreePort.on(HOST);

	private final int distributionPort = FreePort.on(HOST);

	private final int portMapperPort = FreePort.on(HOST);

	private final String password = Names.password();

	private @Nullable Process process;

	private RabbitMqNode(Path program, Path directory) {
		this.program = program;
		this.directory = directory;
	}

	/** Starts a node; it takes seconds until it answers. Ended by {@link #remove()}. */
	static RabbitMqNode start(Path program) {
		try {
			RabbitMqNode node = new RabbitMqNode(program, Files.createTempDirectory("herald-rabbitmq"));
			node.configure();
			node.start();
			return node;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no directory for a RabbitMQ node", ex);
		}
	}

	/** The start script, which everything else descends from. */
	OptionalLong pid() {
		return process == null ? OptionalLong.empty() : OptionalLong.of(process.pid());
	}

	RabbitMqServer server() {
		BrokerAddress address = new BrokerAddress(HOST, port, "herald", password);
		return new RabbitMqServer(address, new RabbitMqManagement(
				URI.create("http://%s:%d".formatted(HOST, managementPort)), address.username(), password));
	}

	@Override
	public void start() {
		ProcessBuilder builder = new ProcessBuilder(program.toString()).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(file("output.log")));
		builder.environment().putAll(environment());
		try {
			process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(program + " could not be run", ex);
		}
	}

	@Override
	public void stop() {
		end(ProcessHandle::destroy);
	}

	@Override
	public void kill() {
		end(ProcessHandle::destroyForcibly);
	}

	@Override
	public void pause() {
		processes().forEach(Suspension::stop);
	}

	@Override
	public void resume() {
		processes().forEach(Suspension::end);
	}

	/** Runs rabbitmqctl, which lies beside the server's program. */
	void control(List<String> command) throws IOException, InterruptedException {
		List<String> whole = new ArrayList<>(command);
		whole.set(0, program.resolveSibling(command.getFirst()).toString());
		run(environment(), whole.toArray(String[]::new));
	}

	/** Ends the node and its port mapper, and deletes what it wrote. */
	void remove() throws IOException, InterruptedException {
		kill();
		// The port mapper is a daemon of its own and outlives the node.
		run(Map.of("ERL_EPMD_PORT", Integer.toString(portMapperPort)), "epmd", "-kill");
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

	private void configure() throws IOException {
		Files.writeString(file("rabbitmq.conf").toPath(), """
				default_user = herald
				default_pass = %s
				management.tcp.ip = %s
				management.tcp.port = %d
				""".formatted(password, HOST, managementPort));
		Files.writeString(file("enabled_plugins").toPath(), "[rabbitmq_management].\n");
		Files.createFile(file("rabbitmq-env.conf").toPath());
	}

	private Map<String, String> environment() {
		return Map.ofEntries(Map.entry("HOME", directory.toString()),
				Map.entry("RABBITMQ_NODENAME", "herald" + port + "@localhost"),
				Map.entry("RABBITMQ_NODE_IP_ADDRESS", HOST), Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
				Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
				Map.entry("RABBITMQ_MNESIA_BASE", file("data").toString()),
				Map.entry("RABBITMQ_LOG_BASE", file("log").toString()),
				Map.entry("RABBITMQ_PID_FILE", file("pid").toString()),
				Map.entry("RABBITMQ_CONFIG_FILE", file("rabbitmq.conf").toString()),
				Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", file("enabled_plugins").toString()),
				Map.entry("RABBITMQ_CONF_ENV_FILE", file("rabbitmq-env.conf").toString()),
				Map.entry("ERL_EPMD_PORT", Integer.toString(portMapperPort)), Map.entry("ERL_EPMD_ADDRESS", HOST),
				Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"));
	}

	private File file(String name) {
		return directory.resolve(name).toFile();
	}

	/**
	 * The start script and everything under it: on some systems the server is its child.
	 */
	private List<ProcessHandle> processes() {
		if (process == null) {
			return List.of();
		}
		List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
		all.add(process.toHandle());
		return all;
	}

	private void end(java.util.function.Consumer<ProcessHandle> how) {
		List<ProcessHandle> all = processes();
		all.forEach(how);
		for (ProcessHandle each : all) {
			each.onExit().orTimeout(30, TimeUnit.SECONDS).join();
		}
		process = null;
	}

	private static void run(Map<String, String> environment, String... command)
			throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD);
		builder.environment().putAll(environment);
		if (!builder.start().waitFor(30, TimeUnit.SECONDS)) {
			throw new IOException(String.join(" ", command) + " did not end within 30 s");
		}
	}

}
