package dev.herald.quickstart;

import dev.herald.api.NotificationApi;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.broker.QueueType;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.embedded.EmbeddedBroker;
import dev.herald.embedded.EmbeddedDatabase;
import dev.herald.embedded.EmbeddedExchange;
import dev.herald.embedded.EmbeddedQueue;
import dev.herald.emulators.ProviderEmulators;
import dev.herald.tokenstore.TokenStore;
import dev.herald.worker.PushWorker;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything, running in this JVM. The services are the ones that are deployed, with the
 * same SQL, queues and HTTP between them; only what they stand on is embedded. Closed by
 * whoever started it, last started first.
 */
final class House implements AutoCloseable {

	/** The two applications of the company that is tried out. */
	static final List<ApplicationId> APPLICATIONS = List.of(new ApplicationId("com.acme.rider"),
			new ApplicationId("com.acme.driver"));

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	private final Keys keys = Keys.generate();

	private final ProviderEmulators emulators;

	private final EmbeddedBroker broker;

	private final ConfigurableApplicationContext tokenStore;

	private final ConfigurableApplicationContext api;

	private final ConfigurableApplicationContext worker;

	House(Ports ports, ProviderEmulators emulators) {
		this.emulators = opened(emulators);
		try {
			this.broker = opened(EmbeddedBroker.start());
			declareQueues();
			this.tokenStore = opened(
					start(TokenStore.application(), "token-store", ports.tokenStore(), database("token_store")));
			this.api = opened(start(NotificationApi.application(), "notification-api", ports.api(), apiProperties()));
			this.worker = opened(start(PushWorker.application(), "push-worker", ports.worker(), workerProperties()));
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	URI api() {
		return uri(api);
	}

	URI tokenStore() {
		return uri(tokenStore);
	}

	URI worker() {
		return uri(worker);
	}

	Keys keys() {
		return keys;
	}

	ProviderEmulators emulators() {
		return emulators;
	}

	/**
	 * The embedded broker gives queue arguments a meaning only if the queues are there
	 * before a client declares them.
	 */
	private void declareQueues() {
		BrokerTopology topology = new BrokerTopology(QueueType.CLASSIC);
		List<EmbeddedExchange> exchanges = topology.exchanges()
			.stream()
			.map(exchange -> new EmbeddedExchange(exchange.name(), exchange.type()))
			.toList();
		Stream<EmbeddedQueue> own = APPLICATIONS.stream()
			.flatMap(application -> Stream.concat(Stream.of(topology.targetedQueue(application)),
					Stream.of(Provider.values()).map(provider -> topology.jobQueue(application, provider))))
			.map(queue -> new EmbeddedQueue(queue.name(), queue.arguments()));
		Stream<EmbeddedQueue> shared = topology.sharedQueues()
			.stream()
			.map(queue -> new EmbeddedQueue(queue.name(), queue.arguments()));
		broker.declare(exchanges, Stream.concat(shared, own).toList());
	}

	private ConfigurableApplicationContext start(SpringApplicationBuilder service, String name, int port,
			Map<String, Object> own) {
		Map<String, Object> properties = new LinkedHashMap<>(common(name, port));
		properties.putAll(own);
		String[] arguments = properties.entrySet()
			.stream()
			.map(property -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
		return service.run(arguments);
	}

	private Map<String, Object> common(String name, int port) {
		Map<String, Object> properties = new LinkedHashMap<>(keys.properties());
		properties.put("server.port", port);
		properties.put("server.address", "127.0.0.1");
		properties.put("herald.applications-file", emulators.applicationsFile());
		properties.put("herald.broker.queue-type", "classic");
		properties.put("spring.rabbitmq.host", broker.host());
		properties.put("spring.rabbitmq.port", broker.port());
		properties.put("spring.rabbitmq.username", broker.username());
		properties.put("spring.rabbitmq.password", broker.password());
		properties.put("spring.rabbitmq.virtual-host", broker.virtualHost());
		// The embedded broker's heartbeat comes when its client is about to give it up.
		properties.put("spring.rabbitmq.requested-heartbeat", "1h");
		// Three services, one classpath: only one of them has an API to describe.
		properties.put("springdoc.api-docs.enabled", name.equals("notification-api"));
		// Three services, one JVM: each keeps its meters to itself.
		properties.put("management.metrics.use-global-registry", false);
		return properties;
	}

	private Map<String, Object> database(String name) {
		EmbeddedDatabase database = opened(EmbeddedDatabase.open(name));
		return Map.of("herald.database.url", database.jdbcUrl(), "herald.database.username", database.username(),
				"herald.database.password", database.password());
	}

	private Map<String, Object> apiProperties() {
		return withTokenStore(database("notification_api"));
	}

	private Map<String, Object> workerProperties() {
		Path trustedCa = emulators.authorityFile();
		return withTokenStore(Map.of("herald.fcm.endpoint", emulators.fcmUri(), "herald.fcm.trusted-ca", trustedCa,
				"herald.apns.endpoint", emulators.apnsHost() + ":" + emulators.apnsPort(), "herald.apns.trusted-ca",
				trustedCa, "herald.notification-api.url", api(), "herald.notification-api.api-key", keys.internal()));
	}

	private Map<String, Object> withTokenStore(Map<String, Object> own) {
		Map<String, Object> properties = new LinkedHashMap<>(own);
		properties.put("herald.token-store.url", tokenStore());
		properties.put("herald.token-store.api-key", keys.internal());
		return properties;
	}

	private static URI uri(ConfigurableApplicationContext service) {
		int port = Objects
			.requireNonNull(((WebServerApplicationContext) service).getWebServer(), "a running service listens")
			.getPort();
		return URI.create("http://127.0.0.1:" + port);
	}

	private <T extends AutoCloseable> T opened(T part) {
		open.push(part);
		return part;
	}

	@Override
	public void close() {
		while (!open.isEmpty()) {
			try {
				open.pop().close();
			}
			catch (Exception ex) {
				System.err.println("Something did not close: " + ex);
			}
		}
	}

}
