package dev.herald.systemtests;

import com.rabbitmq.client.Connection;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import dev.herald.emulators.ProviderEmulators;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.FreePort;
import dev.herald.testsupport.PrivateBroker;
import dev.herald.testsupport.PrivateDatabase;
import dev.herald.testsupport.TcpGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Every service as a process, on a database and a broker of its own that can be taken
 * away, with emulated providers. Closed by whoever started it.
 */
public final class House implements AutoCloseable {

	/** The application that things happen to. */
	public static final ApplicationId RIDER = new ApplicationId("com.acme.rider");

	/** The application that must not feel them. */
	public static final ApplicationId DRIVER = new ApplicationId("com.acme.driver");

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	private final HousePlan plan;

	private final ProviderEmulators emulators;

	private final Arrivals arrivals;

	private final TcpGate fcmNetwork;

	private final TcpGate apnsNetwork;

	private final PrivateBroker broker;

	private final PrivateDatabase tokenDatabase;

	private final PrivateDatabase apiDatabase;

	private final ServiceProcess tokenStore;

	private final ServiceProcess api;

	private final List<ServiceProcess> workers = new ArrayList<>();

	private final Path logs;

	private final HeraldClient client;

	/**
	 * Starts everything and waits until it is ready.
	 * @param name names the folder of the logs
	 * @param workerCount how many push workers
	 */
	public House(String name, int workerCount) {
		this(HousePlan.of(name, workerCount));
	}

	/** Starts everything as planned and waits until it is ready. */
	public House(HousePlan plan) {
		this.plan = plan;
		this.logs = logs(plan.name());
		try {
			this.emulators = opened(Emulators.start(logs.resolve("emulators"), List.of(RIDER, DRIVER)));
			this.arrivals = Arrivals.at(emulators);
			this.fcmNetwork = opened(TcpGate.before(TcpGate.HOST, emulators.fcmUri().getPort()));
			this.apnsNetwork = opened(TcpGate.before(TcpGate.HOST, emulators.apnsPort()));
			this.broker = opened(Backends.privateBroker());
			this.tokenDatabase = opened(Backends.privateDatabase("token_store"));
			this.apiDatabase = opened(Backends.privateDatabase("notification_api"));
			this.tokenStore = service("token-store", "token-store", tokenDatabase.database().properties());
			this.api = service("notification-api", "notification-api", apiProperties());
			for (int i = 1; i <= plan.workers(); i++) {
				workers.add(service("push-worker", "push-worker-" + i, workerProperties()));
			}
			this.client = new HeraldClient(api.uri(), tokenStore.uri());
			services().forEach(ServiceProcess::start);
			services().forEach(ServiceProcess::awaitReady);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/** Talks to it as its callers do. */
	public HeraldClient client() {
		return client;
	}

	/** The emulated providers. */
	public ProviderEmulators emulators() {
		return emulators;
	}

	/** What the emulated providers have accepted. */
	public Arrivals arrivals() {
		return arrivals;
	}

	/** What lies between the workers and a provider. */
	public TcpGate network(Provider provider) {
		return switch (provider) {
			case FCM -> fcmNetwork;
			case APNS -> apnsNetwork;
		};
	}

	/**
	 * How many jobs wait in a queue, those that a worker holds not among them.
	 * @throws IllegalStateException if the broker does not tell
	 */
	public int waitingJobs(ApplicationId application, Provider provider) {
		String queue = BrokerTopology.jobQueueName(application, provider);
		try (Connection connection = broker.broker().connectionFactory().newConnection()) {
			return connection.createChannel().queueDeclarePassive(queue).getMessageCount();
		}
		catch (IOException | TimeoutException ex) {
			throw new IllegalStateException("the broker does not tell how many jobs wait in " + queue, ex);
		}
	}

	/** The broker. */
	public PrivateBroker broker() {
		return broker;
	}

	/** The token store's database. */
	public PrivateDatabase tokenDatabase() {
		return tokenDatabase;
	}

	/** The notification API's database. */
	public PrivateDatabase apiDatabase() {
		return apiDatabase;
	}

	/** The token store. */
	public ServiceProcess tokenStore() {
		return tokenStore;
	}

	/** The notification API. */
	public ServiceProcess api() {
		return api;
	}

	/** The push workers. */
	public List<ServiceProcess> workers() {
		return List.copyOf(workers);
	}

	/** Every service. */
	List<ServiceProcess> services() {
		List<ServiceProcess> services = new ArrayList<>(List.of(tokenStore, api));
		services.addAll(workers);
		return services;
	}

	private ServiceProcess service(String module, String name, Map<String, ?> own) {
		Map<String, Object> properties = new LinkedHashMap<>(Keys.properties());
		properties.put("herald.applications-file", applicationsFile());
		properties.put("herald.broker.queue-type", plan.queueType());
		properties.putAll(broker.broker().properties());
		properties.putAll(own);
		return opened(
				new ServiceProcess(module, name, FreePort.on(TcpGate.HOST), properties, logs, plan.atFullSpeed()));
	}

	private Path applicationsFile() {
		Path file = emulators.applicationsFile();
		String url = plan.contentService();
		return url == null ? file : Applications.withContentService(file, url);
	}

	private Map<String, Object> apiProperties() {
		return withTokenStore(apiDatabase.database().properties());
	}

	private Map<String, Object> withTokenStore(Map<String, ?> own) {
		Map<String, Object> properties = new HashMap<>(own);
		properties.put("herald.token-store.url", tokenStore.uri());
		properties.put("herald.token-store.api-key", Keys.INTERNAL);
		properties.putAll(plan.apiProperties());
		return properties;
	}

	private Map<String, Object> workerProperties() {
		Map<String, Object> properties = withTokenStore(Emulators.workerProperties(emulators, fcmNetwork, apnsNetwork));
		properties.put("herald.notification-api.url", api.uri());
		properties.put("herald.notification-api.api-key", Keys.INTERNAL);
		properties.putAll(plan.workerProperties());
		return properties;
	}

	private static Path logs(String name) {
		try {
			return Files.createDirectories(RepositoryRoot.path().resolve("system-tests/target/houses").resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
