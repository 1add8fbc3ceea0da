package dev.herald.base.backends;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/**
 * One RabbitMQ for all tests of this module, and its {@code rabbitmqctl}: alarms and
 * restarts are had in no other way. Without a Docker engine the tests that need it are
 * skipped, or fail where {@code HERALD_TEST_BACKENDS} is {@code real}.
 */
public final class RealRabbitMq {

	private static final AtomicInteger virtualHosts = new AtomicInteger();

	private RealRabbitMq() {
	}

	public static RabbitMQContainer rabbit() {
		return Rabbit.CONTAINER;
	}

	/** A virtual host of its own. */
	public static String virtualHost() {
		RabbitMQContainer rabbit = rabbit();
		String name = "test-" + virtualHosts.incrementAndGet();
		HttpRequest request = HttpRequest.newBuilder(URI.create(rabbit.getHttpUrl() + "/api/vhosts/" + name))
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8)))
			.PUT(HttpRequest.BodyPublishers.noBody())
			.build();
		try (HttpClient client = HttpClient.newHttpClient()) {
			assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(201);
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return name;
	}

	/** Runs {@code rabbitmqctl}. */
	public static String rabbitmqctl(String... arguments) {
		String[] command = new String[arguments.length + 1];
		command[0] = "rabbitmqctl";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		try {
			Container.ExecResult result = rabbit().execInContainer(command);
			assertThat(result.getExitCode()).as(result.getStdout() + result.getStderr()).isZero();
			return result.getStdout();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A plain client of the broker, for looking at queues from outside. */
	public static ConnectionFactory client(String virtualHost) {
		ConnectionFactory client = new ConnectionFactory();
		client.setHost(rabbit().getHost());
		client.setPort(rabbit().getAmqpPort());
		client.setVirtualHost(virtualHost);
		client.setNetworkRecoveryInterval(100);
		return client;
	}

	/** Whether it must be there, or can be. */
	static boolean isExpected() {
		String wanted = System.getenv("HERALD_TEST_BACKENDS");
		return "real".equals(wanted)
				|| !"embedded".equals(wanted) && DockerClientFactory.instance().isDockerAvailable();
	}

	private static final class Rabbit {

		static final RabbitMQContainer CONTAINER = new RabbitMQContainer("rabbitmq:4-management");

		static {
			CONTAINER.start();
			Runtime.getRuntime().addShutdownHook(new Thread(CONTAINER::stop));
		}

	}

}
