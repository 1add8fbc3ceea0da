package dev.herald.benchmarks.gorush;

import java.nio.file.Path;

import dev.herald.benchmarks.house.EmulatorProcess;
import tools.jackson.databind.JsonNode;

/**
 * The configuration of a gorush: as its own documents have it, but for what would hold it
 * up.
 *
 * @param port where it listens
 * @param proxyUrl the way to the providers
 * @param redisPort where the Redis of its queue is, 0 for its queue in memory
 */
record GorushConfiguration(int port, String proxyUrl, int redisPort) {

	/** Pushes under way at a time; a worker waits for the answer of its push. */
	static final int WORKERS = 200;

	/** What the queue holds; what comes when it is full is dropped. */
	static final int QUEUE = 5_000_000;

	/**
	 * As YAML.
	 * @param application the application whose credentials it has: gorush has one of each
	 */
	String yaml(EmulatorProcess emulators, String application) {
		JsonNode credentials = emulators.credentials(application);
		JsonNode apns = credentials.required("apns");
		return """
				core:
				  address: "127.0.0.1"
				  port: "%d"
				  worker_num: %d
				  queue_num: %d
				  sync: false
				  http_proxy: "%s"
				android:
				  enabled: true
				  key_path: "%s"
				ios:
				  enabled: true
				  key_path: "%s"
				  key_id: "%s"
				  team_id: "%s"
				  production: true
				  max_concurrent_pushes: %d
				log:
				  access_log: "/dev/null"
				  access_level: "error"
				queue:
				  engine: "%s"
				  redis:
				    addr: "127.0.0.1:%d"
				""".formatted(port, WORKERS, QUEUE, proxyUrl,
				absolute(credentials.required("fcm").required("service_account_file")),
				absolute(apns.required("key_file")), apns.required("key_id").asString(),
				apns.required("team_id").asString(), WORKERS, redisPort == 0 ? "local" : "redis", redisPort);
	}

	private static Path absolute(JsonNode file) {
		return Path.of(file.asString()).toAbsolutePath();
	}

}
