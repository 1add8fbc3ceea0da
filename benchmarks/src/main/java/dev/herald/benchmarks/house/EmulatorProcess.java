package dev.herald.benchmarks.house;

import dev.herald.benchmarks.BenchmarkFailedException;
import dev.herald.common.identity.Provider;
import dev.herald.systemtests.ServiceProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * FCM and APNs, emulated in a process of their own, which remembers when each push was
 * accepted. Safe for use by several threads; closed by whoever started it.
 */
public final class EmulatorProcess implements AutoCloseable {

	private static final List<String> JVM = List.of("-Xms512m", "-Xmx2g", "-XX:+UseCompactObjectHeaders",
			"-XX:+UseTransparentHugePages", "-Dio.netty.leakDetection.level=disabled",
			"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

	private final HttpClient http = HttpClient.newHttpClient();

	private final Process process;

	private final EmulatorMain.Addresses addresses;

	private EmulatorProcess(Process process, EmulatorMain.Addresses addresses) {
		this.process = process;
		this.addresses = addresses;
	}

	/**
	 * Starts it and waits until it serves.
	 * @param folder where its authority, its credentials and its log are kept
	 * @param applications the ids of the applications to know
	 * @throws IllegalStateException if it ends instead
	 */
	public static EmulatorProcess start(Path folder, List<String> applications) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(JVM);
		command.addAll(
				List.of("-jar", ServiceProcess.jar("benchmarks").toString(), EmulatorMain.COMMAND, folder.toString()));
		command.addAll(applications);
		Path log = folder.resolveSibling("emulators.log");
		try {
			// Its input is ours, so that it ends with this process however that ends.
			Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
			BufferedReader output = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			EmulatorProcess emulators = new EmulatorProcess(process, addresses(output, log));
			emulators.requireOneClock();
			return emulators;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the emulators could not be started", ex);
		}
	}

	private static EmulatorMain.Addresses addresses(BufferedReader output, Path log) throws IOException {
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(EmulatorMain.ADDRESSES)) {
				return JsonMapper.shared()
					.readValue(line.substring(EmulatorMain.ADDRESSES.length()), EmulatorMain.Addresses.class);
			}
		}
		throw new IllegalStateException("the emulators ended before they served; see " + log);
	}

	/** Latencies from here to there need a clock that both read. */
	private void requireOneClock() {
		long before = System.nanoTime();
		long there = Long.parseLong(new String(get("clock"), StandardCharsets.US_ASCII));
		long after = System.nanoTime();
		BenchmarkFailedException.require(before <= there && there <= after,
				"System.nanoTime() must be the same clock in all processes of this machine",
				"%d is not between %d and %d".formatted(there, before, after));
	}

	/** Its process. */
	public long pid() {
		return process.pid();
	}

	/** FCM's base URL. */
	public URI fcmUri() {
		return URI.create(addresses.fcm());
	}

	/** Where service accounts get access tokens; it is in their files. */
	public URI tokenUri() {
		return URI.create(addresses.tokens());
	}

	/** The name to reach APNs by. */
	public String apnsHost() {
		return addresses.apnsHost();
	}

	/** The port of APNs. */
	public int apnsPort() {
		return addresses.apnsPort();
	}

	/** The certificate authority to trust, in PEM. */
	public Path authorityFile() {
		return Path.of(addresses.authority());
	}

	/** An applications file for Herald. */
	public Path applicationsFile() {
		return Path.of(addresses.applications());
	}

	/**
	 * The ids and files of an application, as {@code GET /credentials} of the control
	 * port tells them.
	 * @throws IllegalArgumentException if the application is not known
	 */
	public JsonNode credentials(String application) {
		byte[] answer = send(HttpRequest.newBuilder(URI.create(addresses.control() + "/credentials")).GET(), 200);
		for (JsonNode each : JsonMapper.shared().readTree(answer).required("credentials")) {
			if (each.required("application").asString().equals(application)) {
				return each;
			}
		}
		throw new IllegalArgumentException("the emulators know no application " + application);
	}

	/** Each push to a provider is answered so late from now on. */
	public void delayAnswers(Provider provider, Duration delay) {
		program(provider.value(), "{\"behaviour\": \"slow\", \"delay_ms\": %d}".formatted(delay.toMillis()));
	}

	/** No push of an application to a provider is answered from now on. */
	public void hang(Provider provider, String application) {
		program(provider.value() + "/" + application, "{\"behaviour\": \"hang\"}");
	}

	/** Every push is accepted at once again. */
	public void behave() {
		send(HttpRequest.newBuilder(URI.create(addresses.control() + "/behaviours")).DELETE(), 204);
	}

	private void program(String scope, String behaviour) {
		send(HttpRequest.newBuilder(URI.create(addresses.control() + "/behaviours/" + scope))
			.PUT(HttpRequest.BodyPublishers.ofString(behaviour)), 204);
	}

	/** How many pushes were accepted since they were last forgotten. */
	public int count() {
		return Integer.parseInt(new String(get("count"), StandardCharsets.US_ASCII));
	}

	/** What was accepted since then. Only when nothing is sent. */
	public Landings landings() {
		ByteBuffer bytes = ByteBuffer.wrap(get("landings"));
		long[] numbers = new long[bytes.remaining() / Long.BYTES];
		bytes.asLongBuffer().get(numbers);
		return new Landings(numbers);
	}

	/** Forgets what was accepted. Only when nothing is sent. */
	public void forget() {
		send(HttpRequest.newBuilder(record("landings")).DELETE(), 204);
	}

	private byte[] get(String path) {
		return send(HttpRequest.newBuilder(record(path)).GET(), 200);
	}

	private URI record(String path) {
		return URI.create("http://127.0.0.1:%d/%s".formatted(addresses.landings(), path));
	}

	private byte[] send(HttpRequest.Builder request, int expected) {
		try {
			HttpResponse<byte[]> response = http.send(request.timeout(Duration.ofMinutes(1)).build(),
					BodyHandlers.ofByteArray());
			if (response.statusCode() != expected) {
				throw new IllegalStateException(
						"%s must be answered with %d, but was with %d: %s".formatted(response.request().uri(), expected,
								response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the emulators do not answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	@Override
	public void close() {
		process.destroy();
		try {
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
