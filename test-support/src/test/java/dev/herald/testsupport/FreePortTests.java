package dev.herald.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTests {

	private static final String HOST = "127.0.0.1";

	@Test
	void aPortIsGivenOnceAndCanBeListenedOn() throws IOException {
		List<Integer> ports = IntStream.range(0, 200).mapToObj(i -> FreePort.on(HOST)).toList();

		assertThat(ports).doesNotHaveDuplicates();
		for (int port : ports) {
			new ServerSocket(port, 1, InetAddress.getByName(HOST)).close();
		}
	}

	@Test
	void noOutgoingConnectionIsGivenIt() throws IOException {
		int port = FreePort.on(HOST);

		try (ServerSocket anyPort = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
			assertThat(port).isLessThan(anyPort.getLocalPort());
		}
	}

	@Test
	void anUnknownAddressIsNamed() {
		assertThatThrownBy(() -> FreePort.on("no such address")).isInstanceOf(UncheckedIOException.class)
			.hasMessageContaining("no such address");
	}

}
