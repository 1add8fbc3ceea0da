package dev.herald.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The content service of a company, such as it is: it knows the articles whose ids begin
 * with {@code article-}, counts how often each is loaded, and fails when told to.
 */
public final class ContentServer implements AutoCloseable {

	private static final String PREFIX = "/articles/";

	private final HttpServer server;

	private final Map<String, Integer> loads = new ConcurrentHashMap<>();

	private final AtomicBoolean failing = new AtomicBoolean();

	private ContentServer(HttpServer server) {
		this.server = server;
	}

	/** Starts it on a free port. */
	public static ContentServer start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			ContentServer content = new ContentServer(server);
			server.createContext(PREFIX, content::answer);
			server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			server.start();
			return content;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What to write into the applications file. */
	public String url() {
		return "http://127.0.0.1:" + server.getAddress().getPort() + PREFIX + "{article_id}";
	}

	/** Whether every request is answered with 503 from now on. */
	void setFailing(boolean fails) {
		failing.set(fails);
	}

	/** How often each article was asked for and given. */
	public Map<String, Integer> loads() {
		return Map.copyOf(loads);
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String article = exchange.getRequestURI().getPath().substring(PREFIX.length());
			if (failing.get()) {
				exchange.sendResponseHeaders(503, -1);
			}
			else if (article.startsWith("article-")) {
				loads.merge(article, 1, Integer::sum);
				byte[] body = "{\"title\": \"%s\", \"message\": \"For you\"}".formatted(article)
					.getBytes(StandardCharsets.UTF_8);
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				exchange.sendResponseHeaders(200, body.length);
				exchange.getResponseBody().write(body);
			}
			else {
				exchange.sendResponseHeaders(404, -1);
			}
		}
	}

	@Override
	public void close() {
		server.stop(0);
	}

}
