package dev.herald.benchmarks.house;

import dev.herald.benchmarks.BenchmarkContext;
import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.benchmarks.BenchmarkResult;
import dev.herald.benchmarks.CpuMeter;
import dev.herald.common.identity.ApplicationId;
import dev.herald.systemtests.Applications;
import dev.herald.systemtests.HeraldClient;
import dev.herald.systemtests.Keys;
import dev.herald.systemtests.Pause;
import dev.herald.systemtests.ServiceProcess;
import dev.herald.testsupport.Backends;
import dev.herald.testsupport.BrokerServer;
import dev.herald.testsupport.DatabaseServer;
import dev.herald.testsupport.FreePort;
import dev.herald.testsupport.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A whole Herald to measure. Services run as in their images, but for a heap of 256 MB.
 * Not safe for use by several threads, but for its parts that say so; closed by whoever
 * started it.
 */
public final class MeasuredHouse implements AutoCloseable {

	/** The parts of {@link #meter()}. */
	public static final String TOKEN_STORE = "token-store";

	/** Likewise. */
	public static final String API = "notification-api";

	/** Likewise: all workers together. */
	public static final String WORKER = "push-worker";

	/** Likewise. */
	public static final String BROKER = "rabbitmq";

	/** Likewise. */
	public static final String DATABASE = "mysql";

	/** Likewise. */
	public static final String EMULATORS = "emulators";

	/** Likewise: the process that measures. */
	public static final String LOAD = "load generator";

	private static final String HOST = "127.0.0.1";

	/** Ten times what a project has by default: no benchmark is to measure the quota. */
	private static final int FCM_PER_MINUTE = 6_000_000;

	/**
	 * Here each session shares the CPU as a container does: in one session the services
	 * would have that of one container (man sched, <em>The autogroup feature</em>).
	 */
	private static final List<String> ON_ITS_OWN = Files.exists(Path.of("/proc/self/autogroup")) ? List.of("setsid")
			: List.of();

	private static final Duration LOOK = Duration.ofMillis(200);

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	private final BenchmarkContext context;

	private final MeasuredPlan plan;

	private final DatabaseServer database;

	private final BrokerServer broker;

	private final EmulatorProcess emulators;

	private final TestDatabase tokenDatabase;

	private final TestDatabase apiDatabase;

	private final Path applicationsFile;

	private final ServiceProcess tokenStore;

	private final ServiceProcess api;

	private final List<ServiceProcess> workers = new ArrayList<>();

	private final HeraldClient client;

	/** Starts everything and waits until it is ready. */
	public MeasuredHouse(BenchmarkContext context, MeasuredPlan plan) {
		this.context = context;
		this.plan = plan;
		try {
			context.say("starting broker, database, emulators and services");
			this.database = opened(Backends.databaseServer());
			this.broker = opened(Backends.brokerServer());
			this.emulators = opened(EmulatorProcess.start(context.logs().resolve("emulators"),
					plan.applications().stream().map(ApplicationId::value).toList()));
			this.tokenDatabase = opened(database.database("token_store"));
			this.apiDatabase = opened(database.database("notification_api"));
			this.applicationsFile = applicationsFile();
			this.tokenStore = service(TOKEN_STORE, TOKEN_STORE, tokenDatabase.properties());
			this.api = service(API, API, apiProperties());
			this.client = new HeraldClient(api.uri(), tokenStore.uri());
			for (ServiceProcess service : List.of(tokenStore, api)) {
				service.start();
			}
			for (int i = 0; i < plan.workers(); i++) {
				addWorker();
			}
			tokenStore.awaitReady();
			api.awaitReady();
			workers.forEach(ServiceProcess::awaitReady);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private Path applicationsFile() {
		Path file = Applications.withFcmPerMinute(emulators.applicationsFile(), FCM_PER_MINUTE);
		String content = plan.contentService();
		return content == null ? file : Applications.withContentService(file, content);
	}

	private ServiceProcess service(String module, String name, Map<String, ?> own) {
		return opened(process(module, name, own, true));
	}

	private ServiceProcess process(String module, String name, Map<String, ?> own, boolean withCache) {
		ServiceImage image = ServiceImage.of(module);
		Map<String, Object> properties = new LinkedHashMap<>(Keys.properties());
		properties.put("herald.applications-file", applicationsFile);
		properties.putAll(broker.broker().properties());
		properties.putAll(own);
		List<String> jvm = image.jvm(withCache);
		if (context.recorded()) {
			jvm.add("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename="
					+ context.logs().resolve(name + ".jfr"));
		}
		return new ServiceProcess(name, FreePort.on(HOST), ON_ITS_OWN, jvm, image.jar(), properties, context.logs());
	}

	private Map<String, Object> apiProperties() {
		Map<String, Object> properties = withTokenStore(apiDatabase.properties());
		// A campaign that waits for a quarter of an hour to pass measures the clock.
		properties.put("herald.campaigns.keep-off-quarter-hours", false);
		properties.putAll(plan.apiProperties());
		return properties;
	}

	private Map<String, Object> withTokenStore(Map<String, ?> own) {
		Map<String, Object> properties = new LinkedHashMap<>(own);
		properties.put("herald.token-store.url", tokenStore.uri());
		properties.put("herald.token-store.api-key", Keys.INTERNAL);
		return properties;
	}

	private Map<String, Object> workerProperties() {
		Map<String, Object> properties = withTokenStore(
				Map.of("herald.fcm.endpoint", emulators.fcmUri(), "herald.fcm.trusted-ca", emulators.authorityFile(),
						"herald.apns.endpoint", emulators.apnsHost() + ":" + emulators.apnsPort(),
						"herald.apns.trusted-ca", emulators.authorityFile()));
		properties.put("herald.notification-api.url", api.uri());
		properties.put("herald.notification-api.api-key", Keys.INTERNAL);
		properties.putAll(plan.workerProperties());
		return properties;
	}

	/** Starts one more push worker; {@link #awaitReady()} waits for it. */
	public void addWorker() {
		ServiceProcess worker = service(WORKER, WORKER + "-" + (workers.size() + 1), workerProperties());
		worker.start();
		workers.add(worker);
	}

	/** Waits until every push worker is ready. */
	public void awaitReady() {
		workers.forEach(ServiceProcess::awaitReady);
	}

	/**
	 * A further instance of a service of this house, not started, to be closed by the
	 * caller.
	 * @param module {@link #TOKEN_STORE}, {@link #API} or {@link #WORKER}
	 * @param withCache whether it starts with the AOT cache of its image
	 */
	public ServiceProcess another(String module, boolean withCache) {
		Map<String, Object> own = switch (module) {
			case TOKEN_STORE -> tokenDatabase.properties();
			case API -> apiProperties();
			case WORKER -> workerProperties();
			default -> throw new IllegalArgumentException("there is no service " + module);
		};
		return process(module, module + (withCache ? "-cached" : "-uncached"), own, withCache);
	}

	/** Talks to it as its callers do. */
	public HeraldClient client() {
		return client;
	}

	/** The notification API. */
	public ServiceProcess api() {
		return api;
	}

	/** The push workers. */
	public List<ServiceProcess> workers() {
		return List.copyOf(workers);
	}

	/** The emulated providers. */
	public EmulatorProcess emulators() {
		return emulators;
	}

	/** The token store's database. */
	public TestDatabase tokenDatabase() {
		return tokenDatabase;
	}

	/** What the API has written down. */
	public Ledger ledger() {
		return new Ledger(apiDatabase);
	}

	/** The broker. */
	public BrokerServer broker() {
		return broker;
	}

	/** Counts the CPU of every part, the load generator's among them. */
	public CpuMeter meter() {
		CpuMeter meter = new CpuMeter().part(TOKEN_STORE, tokenStore.pid()).part(API, api.pid());
		workers.forEach(worker -> meter.part(WORKER, worker.pid()));
		return meter.part(BROKER, broker.pid())
			.part(DATABASE, database.pid())
			.part(EMULATORS, emulators.pid())
			.self(LOAD);
	}

	/** Adds the versions of broker and database to a result. */
	public void describe(BenchmarkResult.Builder result) {
		result.version("rabbitmq", broker.version()).version("mysql", database.version());
	}

	/**
	 * Waits until something holds.
	 * @throws BenchmarkFailedException if it does not within patience
	 */
	public void await(String what, Duration patience, BooleanSupplier condition) {
		Instant deadline = Instant.now().plus(patience);
		while (!condition.getAsBoolean()) {
			requireAlive();
			BenchmarkFailedException.require(Instant.now().isBefore(deadline),
					"%s within %d s".formatted(what, patience.toSeconds()), "it did not");
			Pause.of(LOOK);
		}
	}

	/**
	 * Services with too little memory end, as in their images.
	 * @throws BenchmarkFailedException if one has
	 */
	public void requireAlive() {
		List<ServiceProcess> services = new ArrayList<>(List.of(tokenStore, api));
		services.addAll(workers);
		for (ServiceProcess service : services) {
			BenchmarkFailedException.require(service.isAlive(), "%s must go on".formatted(service),
					"it ended:\n" + service.logTail());
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
				endOrderly(open.pop());
			}
			catch (Exception ex) {
				System.err.println("Something did not close: " + ex);
			}
		}
	}

	/** A recording is written by a process that ends in good order only. */
	private void endOrderly(AutoCloseable part) throws Exception {
		if (context.recorded() && part instanceof ServiceProcess service && service.isAlive()) {
			service.terminate();
		}
		part.close();
	}

}
