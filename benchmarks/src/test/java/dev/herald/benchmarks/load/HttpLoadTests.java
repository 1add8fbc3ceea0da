package dev.herald.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTests {

	private static final UUID NOTIFICATION = UUID.fromString("0199c5a2-7c10-7000-8000-0123456789ab");

	private final AtomicInteger asked = new AtomicInteger();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private HttpServer server;

	private volatile Duration delay = Duration.ZERO;

	/** Every so many requests the server closes the connection, as Tomcat does. */
	private volatile int closingEach = Integer.MAX_VALUE;

	@BeforeEach
	void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(threads);
		server.createContext("/notification", this::answer);
		server.start();
	}

	@AfterEach
	void stop() {
		server.stop(0);
		threads.close();
	}

	@Test
	void aClosedLoopCountsEachAnswerOnce() throws InterruptedException {
		try (HttpLoad load = HttpLoad.to(uri(), 4)) {
			Samples samples = load.closedLoop(this::post, Duration.ofMillis(300));

			assertThat(samples.count()).isEqualTo(asked.get()).isPositive();
			assertThat(samples.count(202)).isEqualTo(samples.count());
			assertThat(samples.jobs()).isEqualTo(2L * samples.count());
			assertThat(samples.notification(0)).isEqualTo(NOTIFICATION);
		}
	}

	@Test
	void anOpenLoopSendsAllThatIsDueEvenWhenAnswersAreLate() throws InterruptedException {
		delay = Duration.ofMillis(50);
		try (HttpLoad load = HttpLoad.to(uri(), 2)) {
			Samples samples = load.openLoop(this::post, 100, Duration.ofSeconds(1));

			assertThat(samples.count()).isBetween(99, 101).isEqualTo(asked.get());
			assertThat(samples.answers(7).millis(100))
				.as("two connections answer 40 a second, so that the last waited for more than a second")
				.isGreaterThan(1000);
		}
	}

	@Test
	void aConnectionThatTheServerClosesIsOpenedAgainAndLosesNothing() throws InterruptedException {
		closingEach = 3;
		try (HttpLoad load = HttpLoad.to(uri(), 2)) {
			Samples samples = load.openLoop(this::post, 100, Duration.ofMillis(500));

			assertThat(samples.count(202)).isEqualTo(samples.count()).isBetween(49, 51);
		}
	}

	private LoadRequest post(long number) {
		return LoadRequest.post(7, uri(), "/notification", "key", Map.of("user_id", "u" + number),
				"{\"title\": \"ü\"}");
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			int number = asked.incrementAndGet();
			LockSupport.parkNanos(delay.toNanos());
			boolean isWhole = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
				.equals("{\"title\": \"ü\"}");
			if (number % closingEach == 0) {
				exchange.getResponseHeaders().set("Connection", "close");
			}
			byte[] body = "{\"notification_id\":\"%s\",\"devices\":2,\"status\":\"queued\"}".formatted(NOTIFICATION)
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(isWhole ? 202 : 400, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private URI uri() {
		return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
	}

}
