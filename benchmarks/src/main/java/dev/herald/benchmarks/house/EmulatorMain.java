package dev.herald.benchmarks.house;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.herald.emulators.EmulatorOptions;
import dev.herald.emulators.ProviderEmulators;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The emulated providers as a process, which ends when its input does: with whoever
 * started it. A line of its output says where everything is.
 */
public final class EmulatorMain {

	/** As the first argument, what this is run by. */
	public static final String COMMAND = "emulator-process";

	/** What the line of output that says where everything is begins with. */
	static final String ADDRESSES = "addresses: ";

	/** Not too many: each costs memory that a load does not need. */
	private static final int RECENT = 1000;

	/** For clients that know no other address, and are led here by a proxy. */
	private static final List<String> PROVIDERS = List.of("fcm.googleapis.com", "api.push.apple.com");

	private EmulatorMain() {
	}

	/**
	 * Runs until standard input ends.
	 * @param arguments the folder for authority and credentials, and the applications
	 */
	public static void run(List<String> arguments) throws IOException {
		ProviderEmulators emulators = ProviderEmulators.start(EmulatorOptions.in(Path.of(arguments.getFirst()))
			.withApplications(arguments.subList(1, arguments.size()))
			.withMoreHosts(PROVIDERS)
			.withRecentPushes(RECENT)
			.withTrackedForRepeats(0)
			.build());
		LandingLog log = new LandingLog();
		emulators.pushes().listen(log::record);
		HttpServer server = serve(log);
		System.out.println(ADDRESSES + JsonMapper.shared()
			.writeValueAsString(new Addresses(emulators.fcmUri().toString(), emulators.tokenUri().toString(),
					emulators.apnsHost(), emulators.apnsPort(), emulators.controlUri().toString(),
					emulators.authorityFile().toString(), emulators.applicationsFile().toString(),
					server.getAddress().getPort())));
		System.in.transferTo(java.io.OutputStream.nullOutputStream());
		System.exit(0);
	}

	private static HttpServer serve(LandingLog log) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/count", exchange -> answer(exchange, Integer.toString(log.count())));
		server.createContext("/clock", exchange -> answer(exchange, Long.toString(System.nanoTime())));
		server.createContext("/landings", exchange -> landings(exchange, log));
		server.start();
		return server;
	}

	private static void answer(HttpExchange exchange, String text) throws IOException {
		try (exchange) {
			byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	/** {@code GET} reads them, {@code DELETE} forgets them. */
	private static void landings(HttpExchange exchange, LandingLog log) throws IOException {
		try (exchange) {
			if (exchange.getRequestMethod().equals("DELETE")) {
				log.clear();
				exchange.sendResponseHeaders(204, -1);
				return;
			}
			exchange.sendResponseHeaders(200, 0);
			log.writeTo(new DataOutputStream(new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)));
		}
	}

	/** Where everything is. */
	record Addresses(String fcm, String tokens, String apnsHost, int apnsPort, String control, String authority,
			String applications, int landings) {
	}

}
