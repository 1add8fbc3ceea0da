package dev.herald.benchmarks.gorush;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTests {

	private static final String NAME = "fcm.googleapis.com";

	private final Relay relay = Relay.open(NAME);

	@SuppressWarnings("NullAway.Init") // by startEcho
	private ServerSocket provider;

	@BeforeEach
	void startEcho() throws IOException {
		provider = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		Thread.ofVirtual().start(() -> echo(provider));
		relay.lead(NAME, provider.getLocalPort());
	}

	private static void echo(ServerSocket provider) {
		while (!provider.isClosed()) {
			try (Socket client = provider.accept()) {
				client.getInputStream().transferTo(client.getOutputStream());
			}
			catch (IOException ex) {
				// The test is over.
			}
		}
	}

	@AfterEach
	void close() throws IOException {
		relay.close();
		provider.close();
	}

	@Test
	void tunnelsWhatAProxyIsAskedFor() throws IOException {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), URI.create(relay.proxyUrl()).getPort())) {
			client.getOutputStream().write(ascii("CONNECT fcm.googleapis.com:443 HTTP/1.1\r\nHost: x\r\n\r\nhello"));

			assertThat(Relay.head(client.getInputStream())).startsWith("HTTP/1.1 200 ");
			assertThat(client.getInputStream().readNBytes(5)).isEqualTo(ascii("hello"));
		}
	}

	@Test
	void passesOnARequestToThisMachine() throws IOException {
		String request = "POST http://localhost:%d/token HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
			.formatted(provider.getLocalPort());
		String passedOn = "POST /token HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello";
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), URI.create(relay.proxyUrl()).getPort())) {
			client.getOutputStream().write(ascii(request));

			assertThat(client.getInputStream().readNBytes(passedOn.length())).isEqualTo(ascii(passedOn));
		}
	}

	@Test
	void refusesANameItDoesNotLeadAnywhere() throws IOException {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), URI.create(relay.proxyUrl()).getPort())) {
			client.getOutputStream().write(ascii("CONNECT example.com:443 HTTP/1.1\r\n\r\n"));

			assertThat(Relay.head(client.getInputStream())).startsWith("HTTP/1.1 502 ");
		}
	}

	@Test
	void leadsItsPlainPortToTheSamePlace() throws IOException {
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port(NAME))) {
			client.getOutputStream().write(ascii("hello"));

			assertThat(client.getInputStream().readNBytes(5)).isEqualTo(ascii("hello"));
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
