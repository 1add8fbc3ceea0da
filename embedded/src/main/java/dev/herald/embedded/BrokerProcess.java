package dev.herald.embedded;

import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.ConfiguredObject;
import org.apache.qpid.server.model.Exchange;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.Queue;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHost;
import org.apache.qpid.server.model.VirtualHostNode;
import org.apache.qpid.server.model.port.AmqpPort;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One run of Qpid Broker-J, from start to stop. */
final class BrokerProcess {

	static final String HOST = "127.0.0.1";

	static final String VIRTUAL_HOST = "herald";

	private final SystemLauncher launcher;

	private final Broker<?> broker;

	private final int port;

	private BrokerProcess(SystemLauncher launcher, Broker<?> broker, int port) {
		this.launcher = launcher;
		this.broker = broker;
		this.port = port;
	}

	/**
	 * Starts a broker without any queue.
	 * @param port 0 for any free one
	 * @throws EmbeddedBrokerException if it does not come up, with the cause where Qpid
	 * names one
	 */
	static BrokerProcess start(String username, String password, int port) {
		Listener listener = new Listener();
		SystemLauncher launcher = new SystemLauncher(listener);
		launch(launcher, username, password, port);
		RuntimeException failure = listener.failure.get();
		SystemConfig<?> systemConfig = listener.systemConfig.get();
		if (failure != null || systemConfig == null) {
			throw new EmbeddedBrokerException("the embedded broker did not start on %s:%d".formatted(HOST, port),
					failure != null ? failure : new IllegalStateException("no broker was created"));
		}
		Broker<?> broker = (Broker<?>) systemConfig.getContainer();
		int boundPort = boundPort(broker);
		if (boundPort <= 0) {
			launcher.shutdown();
			throw new EmbeddedBrokerException(
					"the embedded broker could not listen on %s:%d: the port must be free".formatted(HOST, port));
		}
		return new BrokerProcess(launcher, broker, boundPort);
	}

	int port() {
		return port;
	}

	/**
	 * @throws EmbeddedBrokerException if the broker refuses
	 */
	void create(EmbeddedExchange exchange) {
		create(Exchange.class,
				Map.of(Exchange.NAME, exchange.name(), Exchange.TYPE, exchange.type(), Exchange.DURABLE, true));
	}

	/**
	 * @throws EmbeddedBrokerException if the broker refuses, for example because the
	 * exchange that expired messages go to is not there
	 */
	void create(EmbeddedQueue queue) {
		create(Queue.class, QueueTranslation.attributes(queue));
	}

	/** Closes every connection and forgets every queue and message. */
	void stop() {
		launcher.shutdown();
	}

	@SuppressWarnings("rawtypes") // Qpid's children are asked for by their raw class.
	private <C extends ConfiguredObject> void create(Class<C> kind, Map<String, Object> attributes) {
		VirtualHost<?> virtualHost = broker.getChildByName(VirtualHostNode.class, VIRTUAL_HOST).getVirtualHost();
		if (virtualHost.getChildByName(kind, String.valueOf(attributes.get("name"))) != null) {
			return;
		}
		try {
			virtualHost.createChild(kind, attributes);
		}
		catch (RuntimeException refusal) {
			throw new EmbeddedBrokerException("the embedded broker could not create %s %s"
				.formatted(kind.getSimpleName().toLowerCase(Locale.ROOT), attributes), refusal);
		}
	}

	private static int boundPort(Broker<?> broker) {
		for (Port<?> candidate : broker.getPorts()) {
			if (candidate instanceof AmqpPort<?> amqp) {
				return amqp.getBoundPort();
			}
		}
		return -1;
	}

	private static void launch(SystemLauncher launcher, String username, String password, int port) {
		try {
			Path directory = Files.createTempDirectory("herald-broker");
			try {
				launcher.startup(systemAttributes(directory, configuration(username, password, port)));
			}
			finally {
				delete(directory);
			}
		}
		catch (Exception ex) {
			throw new EmbeddedBrokerException("the embedded broker did not start on %s:%d".formatted(HOST, port), ex);
		}
	}

	private static Map<String, Object> systemAttributes(Path directory, Map<String, Object> configuration)
			throws IOException {
		// Read once at start; the directory is the owner's alone, for the password is in
		// it.
		Path initialConfiguration = Files.writeString(directory.resolve("broker.json"),
				JsonMapper.shared().writeValueAsString(configuration));
		// Qpid's default is a classpath: URL, which a jar inside a jar does not know.
		Path systemProperties = Files.createFile(directory.resolve("system.properties"));
		return Map.of(SystemConfig.TYPE, "Memory", SystemConfig.INITIAL_CONFIGURATION_LOCATION,
				url(initialConfiguration), SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION, url(systemProperties),
				SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, false, "preferenceStoreAttributes", Map.of("type", "Noop"),
				SystemConfig.CONTEXT, context(directory));
	}

	private static Map<String, String> context(Path directory) {
		return Map.of(SystemConfig.QPID_WORK_DIR, directory.toString(),
				// x-… arguments have no effect here; see QueueTranslation.
				"queue.behaviourOnUnknownDeclareArgument", "IGNORE", "exchange.behaviourOnUnknownDeclareArgument",
				"IGNORE",
				// Without a limit a rejected message would go back to its queue for ever.
				"queue.maximumDeliveryAttempts", "1",
				// How late, in ms, an expired message may leave a queue nobody reads.
				"virtualhost.housekeepingCheckPeriod", "200");
	}

	private static Map<String, Object> configuration(String username, String password, int port) {
		Map<String, Object> user = Map.of("name", username, "type", "managed", "password", password);
		Map<String, Object> authentication = Map.of("name", "plain", "type", "Plain", "secureOnlyMechanisms", List.of(),
				"users", List.of(user));
		Map<String, Object> amqp = Map.of("name", "AMQP", "type", "AMQP", "port", Integer.toString(port),
				"bindingAddress", HOST, "authenticationProvider", "plain", "virtualhostaliases",
				List.of(Map.of("name", "nameAlias", "type", "nameAlias"),
						Map.of("name", "defaultAlias", "type", "defaultAlias")));
		Map<String, Object> node = Map.of("name", VIRTUAL_HOST, "type", "Memory", "defaultVirtualHostNode", "true",
				"virtualHostInitialConfiguration", "{\"type\": \"Memory\"}");
		return Map.of("name", "embedded", "modelVersion", "8.0", "authenticationproviders", List.of(authentication),
				"ports", List.of(amqp), "virtualhostnodes", List.of(node));
	}

	private static String url(Path file) throws MalformedURLException {
		return file.toUri().toURL().toString();
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	/** The only way to the running broker, and to why it is not running. */
	private static final class Listener extends DefaultSystemLauncherListener {

		private final AtomicReference<@Nullable SystemConfig<?>> systemConfig = new AtomicReference<>();

		private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

		@Override
		public void onContainerResolve(SystemConfig<?> resolved) {
			systemConfig.set(resolved);
		}

		@Override
		public void errorOnStartup(RuntimeException error) {
			failure.set(error);
		}

	}

}
