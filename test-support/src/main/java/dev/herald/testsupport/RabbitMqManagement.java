package dev.herald.testsupport;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * What tests need of RabbitMQ's management API.
 *
 * @see <a href="https://www.rabbitmq.com/docs/http-api-reference">RabbitMQ, HTTP API</a>
 */
record RabbitMqManagement(URI uri, String username, String password) {

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	/** Whether it answers, and to this user. */
	boolean answers() {
		try {
			return send("GET", "/api/overview", "").statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Creates a virtual host that the user may do anything in. */
	void createVirtualHost(String name) {
		expectSuccess("PUT", "/api/vhosts/" + encode(name), "{}");
		expectSuccess("PUT", "/api/permissions/" + encode(name) + "/" + encode(username), """
				{"configure": ".*", "write": ".*", "read": ".*"}""");
	}

	/** Deletes a virtual host with all that is in it. */
	void deleteVirtualHost(String name) {
		expectSuccess("DELETE", "/api/vhosts/" + encode(name), "");
	}

	@Override
	public String toString() {
		return uri.toString();
	}

	private void expectSuccess(String method, String path, String body) {
		try {
			HttpResponse<String> response = send(method, path, body);
			if (response.statusCode() / 100 != 2) {
				throw new IllegalStateException("%s %s%s must succeed, but answered %d: %s".formatted(method, uri, path,
						response.statusCode(), response.body()));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(
					"%s %s%s must succeed, but there was no answer from RabbitMQ's management API".formatted(method,
							uri, path),
					ex);
		}
	}

	private HttpResponse<String> send(String method, String path, String body) throws IOException {
		String credentials = Base64.getEncoder()
			.encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri + path))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Basic " + credentials)
			.header("Content-Type", "application/json")
			.method(method, BodyPublishers.ofString(body))
			.build();
		try {
			return CLIENT.send(request, BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while waiting for " + uri, ex);
		}
	}

	private static String encode(String segment) {
		return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
