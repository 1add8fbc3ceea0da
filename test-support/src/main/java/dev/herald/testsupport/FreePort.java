package dev.herald.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that was free a moment ago, for servers that cannot choose one themselves. */
public final class FreePort {

	private FreePort() {
	}

	/**
	 * A free port of an address of this machine.
	 * @throws UncheckedIOException if there is none, or no such address
	 */
	public static int on(String address) {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no free port on " + address, ex);
		}
	}

}
