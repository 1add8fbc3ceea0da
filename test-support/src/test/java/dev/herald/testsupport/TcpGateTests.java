package dev.herald.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client meets at the gate before a server that echoes. */
@Timeout(30)
class TcpGateTests {

	private ServerSocket server;

	private TcpGate gate;

	@BeforeEach
	void open() throws IOException {
		server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread.ofVirtual().start(this::serve);
		gate = TcpGate.before(TcpGate.HOST, server.getLocalPort());
	}

	@AfterEach
	void close() throws IOException {
		gate.close();
		server.close();
	}

	@Test
	void anOpenGatePassesEverythingOn() throws IOException {
		byte[] much = new byte[5_000_000];
		for (int i = 0; i < much.length; i++) {
			much[i] = (byte) (i * 31);
		}

		try (Socket client = connect()) {
			Thread.ofVirtual().start(() -> write(client, much));

			assertThat(client.getInputStream().readNBytes(much.length)).isEqualTo(much);
		}
	}

	@Test
	void aShutGateEndsConnectionsAndRefusesNewOnes() throws IOException {
		Socket client = connect();
		assertThat(echoed(client, 1)).isEqualTo(1);

		gate.stop();

		assertThat(endOf(client)).isEqualTo("end");
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
		gate.start();
		try (Socket another = connect()) {
			assertThat(echoed(another, 2)).isEqualTo(2);
		}
	}

	@Test
	void nobodyElseIsGivenThePortOfAShutGate() throws IOException {
		gate.stop();

		try (Socket another = new Socket()) {
			another.setReuseAddress(false);
			assertThatExceptionOfType(BindException.class)
				.isThrownBy(() -> another.bind(new InetSocketAddress(TcpGate.HOST, gate.port())));
		}
	}

	@Test
	void aPausedGateIsSilentAndForgetsNothing() throws IOException {
		try (Socket client = connect()) {
			assertThat(echoed(client, 1)).isEqualTo(1);

			gate.pause();
			client.getOutputStream().write(2);
			client.setSoTimeout(300);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> client.getInputStream().read());

			gate.resume();
			client.setSoTimeout(0);
			assertThat(client.getInputStream().read()).isEqualTo(2);
		}
	}

	@Test
	void aResetBreaksConnectionsWithoutAWordAndTakesNewOnes() throws IOException {
		Socket client = connect();
		assertThat(echoed(client, 1)).isEqualTo(1);

		gate.reset();

		assertThat(endOf(client)).isEqualTo("reset");
		try (Socket another = connect()) {
			assertThat(echoed(another, 2)).isEqualTo(2);
		}
	}

	@Test
	void aDelayHoldsForEachWayAndKeepsTheOrder() throws IOException {
		try (Socket client = connect()) {
			gate.delay(Duration.ofMillis(50), Duration.ofMillis(100));
			long started = System.nanoTime();

			client.getOutputStream().write(1);
			client.getOutputStream().flush();
			client.getOutputStream().write(2);
			byte[] echo = client.getInputStream().readNBytes(2);

			assertThat(echo).containsExactly(1, 2);
			assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
		}
	}

	@Test
	void aDelayIsNoLimitOnWhatIsUnderWay() throws IOException {
		gate.delay(Duration.ofMillis(200), Duration.ofMillis(200));
		byte[] much = new byte[2_000_000];

		try (Socket client = connect()) {
			Thread.ofVirtual().start(() -> write(client, much));

			// One piece after the other would take 16 s and more.
			client.setSoTimeout(5_000);
			assertThat(client.getInputStream().readNBytes(much.length)).hasSize(much.length);
		}
	}

	@Test
	void aDelayCannotEndBeforeItBegins() {
		assertThatIllegalArgumentException().isThrownBy(() -> gate.delay(Duration.ofMillis(2), Duration.ofMillis(1)))
			.withMessageContaining("PT0.002S");
	}

	private void serve() {
		while (!server.isClosed()) {
			try {
				Socket client = server.accept();
				Thread.ofVirtual().start(() -> echo(client));
			}
			catch (IOException ignored) {
				// The test is over.
			}
		}
	}

	private static void echo(Socket client) {
		try (client; InputStream in = client.getInputStream()) {
			in.transferTo(client.getOutputStream());
		}
		catch (IOException ignored) {
			// The client is gone.
		}
	}

	private Socket connect() throws IOException {
		return new Socket(TcpGate.HOST, gate.port());
	}

	private static void write(Socket client, byte[] bytes) {
		try {
			client.getOutputStream().write(bytes);
		}
		catch (IOException ignored) {
			// What is read tells.
		}
	}

	private static int echoed(Socket client, int value) throws IOException {
		client.getOutputStream().write(value);
		return client.getInputStream().read();
	}

	private static String endOf(Socket client) throws IOException {
		try (client) {
			return client.getInputStream().read() < 0 ? "end" : "something";
		}
		catch (SocketException ex) {
			return "reset";
		}
	}

}
