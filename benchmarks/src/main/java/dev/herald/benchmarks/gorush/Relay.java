package dev.herald.benchmarks.gorush;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Leads connections to the emulated providers, byte by byte and without looking into
 * them. gorush knows no other addresses of FCM and APNs than the real ones, but it uses
 * an HTTP proxy: this answers {@code CONNECT fcm.googleapis.com:443} with a tunnel to the
 * emulator. It asks the proxy for its access tokens too, which are had without TLS from a
 * port of this machine; such a request is passed on. Herald, which can be told where the
 * providers are, goes through the plain ports, so that both pay for the same detour. Safe
 * for use by many threads.
 */
final class Relay implements AutoCloseable {

	private static final Pattern CONNECT = Pattern.compile("CONNECT (?<host>[^\\s:]+):\\d+ HTTP/1\\.[01]");

	/** How a client asks a proxy for what is not encrypted: RFC 9112, 3.2.2. */
	private static final Pattern LOCAL = Pattern.compile("POST http://(?:localhost|127\\.0\\.0\\.1):(?<port>\\d+)/");

	private static final String AS_A_SERVER_IS_ASKED = "POST /";

	private static final byte[] ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private static final byte[] UNKNOWN = "HTTP/1.1 502 Unknown host\r\nContent-Length: 0\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private static final int MAX_HEAD = 8192;

	private final Map<String, Integer> targets = new ConcurrentHashMap<>();

	private final ServerSocket proxy;

	private final Map<String, ServerSocket> plain = new ConcurrentHashMap<>();

	private Relay(ServerSocket proxy) {
		this.proxy = proxy;
	}

	/**
	 * Opens the proxy and a plain port for each provider.
	 * @param hosts the providers' real names; {@link #lead} says where they are
	 */
	static Relay open(String... hosts) {
		try {
			Relay relay = new Relay(listen());
			relay.accept(relay.proxy, relay::connect);
			for (String host : hosts) {
				ServerSocket socket = listen();
				relay.plain.put(host, socket);
				relay.accept(socket, client -> relay.join(client, host));
			}
			return relay;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ServerSocket listen() throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return socket;
	}

	/** Where connections to a provider go from now on: a port of this machine. */
	void lead(String host, int port) {
		targets.put(host, port);
	}

	/** What to write into {@code HTTPS_PROXY}. */
	String proxyUrl() {
		return "http://127.0.0.1:" + proxy.getLocalPort();
	}

	/** The plain port that leads to a provider. */
	int port(String host) {
		ServerSocket socket = plain.get(host);
		if (socket == null) {
			throw new IllegalArgumentException("%s must be one of %s".formatted(host, plain.keySet()));
		}
		return socket.getLocalPort();
	}

	private void accept(ServerSocket server, Handler handler) {
		Thread.ofVirtual().start(() -> {
			while (!server.isClosed()) {
				try {
					Socket client = server.accept();
					Thread.ofVirtual().start(() -> handle(client, handler));
				}
				catch (IOException ex) {
					// Closed: the loop ends.
				}
			}
		});
	}

	private static void handle(Socket client, Handler handler) {
		try (client) {
			client.setTcpNoDelay(true);
			handler.handle(client);
		}
		catch (IOException ex) {
			// One of the two sides is gone; so is the other.
		}
	}

	private void connect(Socket client) throws IOException {
		String head = head(client.getInputStream());
		Matcher local = LOCAL.matcher(head);
		if (local.lookingAt()) {
			join(client, Integer.parseInt(local.group("port")), local.replaceFirst(AS_A_SERVER_IS_ASKED));
			return;
		}
		Matcher request = CONNECT.matcher(head);
		String host = request.lookingAt() ? request.group("host") : null;
		if (host == null || !targets.containsKey(host)) {
			client.getOutputStream().write(UNKNOWN);
			return;
		}
		client.getOutputStream().write(ESTABLISHED);
		join(client, host);
	}

	/** Up to the empty line; what follows is not this one's to read. */
	static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			int read = in.read();
			if (read < 0 || head.length() == MAX_HEAD) {
				throw new IOException("no end of the request's head in %d bytes".formatted(head.length()));
			}
			head.append((char) read);
		}
		return head.toString();
	}

	private void join(Socket client, String host) throws IOException {
		@Nullable Integer port = targets.get(host);
		if (port != null) {
			join(client, port, "");
		}
	}

	/**
	 * Leads a connection to a port of this machine, what was read of it already first.
	 */
	private static void join(Socket client, int port, String begun) throws IOException {
		try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
			server.setTcpNoDelay(true);
			server.getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
			Thread back = Thread.ofVirtual().start(() -> pump(server, client));
			pump(client, server);
			back.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Until one side closes, which closes the other. */
	private static void pump(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// As good as the end.
		}
		close(from);
		close(to);
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is gone already.
		}
	}

	@Override
	public void close() {
		try {
			proxy.close();
			for (ServerSocket socket : plain.values()) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What is done with a connection. */
	@FunctionalInterface
	private interface Handler {

		void handle(Socket client) throws IOException;

	}

}
