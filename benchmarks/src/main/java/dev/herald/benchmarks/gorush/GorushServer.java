package dev.herald.benchmarks.gorush;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.benchmarks.CpuMeter;
import dev.herald.benchmarks.house.EmulatorProcess;
import dev.herald.testsupport.FreePort;
import org.jspecify.annotations.Nullable;

/**
 * A gorush, with the Redis of its queue if it is to have one. Closed by whoever made it.
 */
final class GorushServer implements AutoCloseable {

	/** Its part of {@link #meter()}. */
	static final String GORUSH = "gorush";

	/** Likewise. */
	static final String REDIS = "redis";

	private static final String HOST = "127.0.0.1";

	private final URI uri;

	private final Program gorush;

	private final @Nullable Program redis;

	private GorushServer(URI uri, Program gorush, @Nullable Program redis) {
		this.uri = uri;
		this.gorush = gorush;
		this.redis = redis;
	}

	/**
	 * Starts it and waits until it serves.
	 * @param gorush the program
	 * @param redis the program of its queue, or nothing for a queue in memory
	 * @param application whose credentials it has
	 * @param folder for its configuration and logs
	 */
	static GorushServer start(Path gorush, Optional<Path> redis, Relay relay, EmulatorProcess emulators,
			String application, Path folder) {
		try {
			int redisPort = redis.isPresent() ? FreePort.on(HOST) : 0;
			GorushConfiguration configuration = new GorushConfiguration(FreePort.on(HOST), relay.proxyUrl(), redisPort);
			Path file = folder.resolve("gorush.yml").toAbsolutePath();
			Files.writeString(file, configuration.yaml(emulators, application));
			URI uri = URI.create("http://%s:%d".formatted(HOST, configuration.port()));
			Map<String, String> environment = Map.of("HTTPS_PROXY", relay.proxyUrl(), "SSL_CERT_FILE",
					emulators.authorityFile().toAbsolutePath().toString());
			GorushServer server = new GorushServer(uri,
					new Program(List.of(gorush.toString(), "-c", file.toString()), environment,
							folder.resolve("gorush.log"), () -> isHealthy(uri)),
					redis.map(program -> redis(program, redisPort, folder)).orElse(null));
			server.startAll();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Program redis(Path program, int port, Path folder) {
		return new Program(
				List.of(program.toString(), "--port", Integer.toString(port), "--bind", HOST, "--dir",
						folder.toAbsolutePath().toString()),
				Map.of(), folder.resolve("redis.log"), () -> isListening(port));
	}

	private void startAll() {
		try {
			if (redis != null) {
				redis.start();
			}
			gorush.start();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private static boolean isListening(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isHealthy(URI uri) {
		try {
			HttpURLConnection health = (HttpURLConnection) uri.resolve("/healthz").toURL().openConnection();
			return health.getResponseCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** What a gorush says its version is. */
	static String version(Path gorush) {
		try {
			Process process = new ProcessBuilder(gorush.toString(), "-V").redirectErrorStream(true).start();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return said.lines().findFirst().orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	/** Where it listens. */
	URI uri() {
		return uri;
	}

	/** Counts its CPU, that of Redis included. */
	CpuMeter meter() {
		CpuMeter meter = new CpuMeter().part(GORUSH, gorush.pid());
		return redis == null ? meter : meter.part(REDIS, redis.pid());
	}

	/** Kills gorush, not Redis, and starts it again. */
	void strike() {
		gorush.kill();
		gorush.start();
	}

	@Override
	public void close() {
		gorush.close();
		if (redis != null) {
			redis.close();
		}
	}

}
