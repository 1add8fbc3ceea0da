package dev.herald.base.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceClientTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(200);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final CountDownLatch end = new CountDownLatch(1);

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private HttpServer server;

	private ServiceClient client;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.start();
		this.client = client(server.getAddress().getPort());
	}

	@AfterEach
	void stop() {
		end.countDown();
		server.stop(0);
		threads.close();
	}

	@Test
	void aQuestionCarriesItsBodyAndTheKey() {
		answer(exchange -> send(exchange, 200, "{\"left\":\"right\"}"));

		ServiceAnswer answer = client.post("/echo?for=all", Map.of("q", 1), LONG);

		assertThat(answer.read(Map.class)).isEqualTo(Map.of("left", "right"));
		assertThat(asked).containsExactly("POST /echo?for=all Bearer secret application/json {\"q\":1}");
	}

	@Test
	void aQuestionMayHaveNoBody() {
		answer(exchange -> send(exchange, 204, ""));

		client.post("/done", null, LONG).requireSuccess();
		assertThat(client.get("/livez", LONG).status()).isEqualTo(204);

		assertThat(asked).containsExactly("POST /done Bearer secret null ", "GET /livez Bearer secret null ");
	}

	@Test
	void aQuestionAsksForNoOtherProtocol() {
		List<String> upgrades = new CopyOnWriteArrayList<>();
		answer(exchange -> {
			upgrades.addAll(exchange.getRequestHeaders().getOrDefault("Upgrade", List.of()));
			send(exchange, 204, "");
		});

		client.get("/livez", LONG).requireSuccess();

		assertThat(upgrades).isEmpty();
	}

	@Test
	void anotherStatusIsToldWithItsPath() {
		answer(exchange -> send(exchange, 503, "{}"));

		ServiceAnswer answer = client.get("/page", LONG);

		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> answer.read(Map.class))
			.withMessage("the moon answered /page with 503 instead of 200");
		assertThatExceptionOfType(ServiceException.class).isThrownBy(answer::requireSuccess)
			.withMessage("the moon answered /page with 503 instead of 2xx");
	}

	@Test
	void aRedirectIsNotFollowed() {
		answer(exchange -> {
			exchange.getResponseHeaders().add("Location", "/elsewhere");
			send(exchange, 302, "");
		});

		assertThat(client.get("/page", LONG).status()).isEqualTo(302);
		assertThat(asked).hasSize(1);
	}

	@Test
	void whatIsNoJsonIsToldWithItsPath() {
		answer(exchange -> send(exchange, 200, "<html>"));

		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> client.get("/page", LONG).read(Map.class))
			.withMessage("the moon's answer to /page cannot be read");
	}

	@Test
	void anAnswerThatDoesNotBeginIsGivenUp() {
		answer(exchange -> waitForTheEnd());

		assertGivenUp();
	}

	@Test
	void anAnswerThatDoesNotEndIsGivenUp() {
		answer(exchange -> {
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write('{');
			exchange.getResponseBody().flush();
			waitForTheEnd();
		});

		assertGivenUp();
	}

	@Test
	void whateverAQuestionIsDoingWhenItIsGivenUpItFailsAsOneThatTookTooLong() throws Exception {
		answer(exchange -> send(exchange, 200, "{}"));
		long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();

		List<Future<Set<String>>> failures = IntStream.range(0, 50)
			.mapToObj(i -> threads.submit(() -> failuresUntil(end)))
			.toList();

		for (Future<Set<String>> ofOne : failures) {
			assertThat(ofOne.get()).isSubsetOf("the moon at %s took longer than PT0.001S".formatted(client.url()));
		}
	}

	private Set<String> failuresUntil(long end) {
		Set<String> failures = new HashSet<>();
		while (System.nanoTime() < end) {
			try {
				client.get("/page", Duration.ofMillis(1));
			}
			catch (RuntimeException ex) {
				failures.add(String.valueOf(ex.getMessage()));
			}
		}
		return failures;
	}

	@Test
	void anAnswerThatTakesTheMemoryIsRefused() {
		answer(exchange -> {
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream body = exchange.getResponseBody()) {
				byte[] megabyte = new byte[1024 * 1024];
				for (int i = 0; i < 65; i++) {
					body.write(megabyte);
				}
			}
		});

		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> client.get("/page", LONG))
			.withMessage("the moon's answer is longer than 67108864 bytes");
	}

	@Test
	void aServiceThatIsNotThereIsNamed() {
		server.stop(0);

		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> client.get("/page", LONG))
			.withMessage("cannot reach the moon at " + client.url());
	}

	@Test
	void anUnknownHostIsNamed() {
		ServiceClient unknown = new ServiceClient("the moon", URI.create("http://moon.invalid:80"), "secret", LONG);

		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> unknown.get("/page", LONG))
			.withMessage("cannot reach the moon at http://moon.invalid:80");
	}

	@Test
	void aLostConnectionIsReplacedOnce() {
		answer(exchange -> {
			if (asked.size() == 1) {
				exchange.close();
			}
			else {
				send(exchange, 200, "{}");
			}
		});

		assertThat(client.post("/page", Map.of(), LONG).status()).isEqualTo(200);
		assertThat(asked).hasSize(2);
	}

	@Test
	void aConnectionThatIsLostAgainIsAFailure() {
		answer(HttpExchange::close);

		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> client.get("/page", LONG))
			.withMessage("lost the connection to the moon at " + client.url());
		assertThat(asked).hasSize(2);
	}

	@Test
	void whatIsAskedOfAClosedClientIsNotSent() {
		answer(exchange -> send(exchange, 200, "{}"));
		client.get("/page", LONG);

		client.close();

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> client.get("/page", LONG));
		assertThat(asked).hasSize(1);
	}

	private void assertGivenUp() {
		long began = System.nanoTime();

		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> client.get("/page", SHORT))
			.withMessage("the moon at %s took longer than PT0.2S", client.url());

		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, LONG.dividedBy(2));
		assertThat(asked).hasSize(1);
	}

	private static ServiceClient client(int port) {
		URI url = URI.create("http://%s:%d".formatted(InetAddress.getLoopbackAddress().getHostAddress(), port));
		return new ServiceClient("the moon", url, "secret", LONG);
	}

	private void answer(HttpHandler handler) {
		server.createContext("/", exchange -> {
			asked.add("%s %s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
					exchange.getRequestHeaders().getFirst("Authorization"),
					exchange.getRequestHeaders().getFirst("Content-Type"),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
			handler.handle(exchange);
		});
	}

	private static void send(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
		if (bytes.length > 0) {
			exchange.getResponseBody().write(bytes);
		}
		exchange.close();
	}

	private void waitForTheEnd() {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
