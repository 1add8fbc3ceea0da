package dev.herald.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that was free a moment ago, for servers that cannot choose one themselves. It
 * lies below the range that operating systems take ports of outgoing connections from, so
 * that none of those takes it while its server is not up yet, or is down for a test. No
 * port is given twice by one JVM. Thread-safe.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html">Linux,
 * ip_local_port_range</a>
 */
public final class FreePort {

	private static final int FIRST = 15_000;

	/**
	 * Linux takes ports of outgoing connections from 32,768 on, the others from 49,152.
	 */
	private static final int END = 32_768;

	private static final int ATTEMPTS = 1_000;

	private static final Set<Integer> given = ConcurrentHashMap.newKeySet();

	private FreePort() {
	}

	/**
	 * A free port of an address of this machine.
	 * @throws IllegalStateException if none is found
	 * @throws UncheckedIOException if the name of the address is not known
	 */
	public static int on(String address) {
		InetAddress local = resolved(address);
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, END);
			if (isFree(local, port) && given.add(port)) {
				return port;
			}
		}
		throw new IllegalStateException("no free port on %s in %d tries".formatted(address, ATTEMPTS));
	}

	private static InetAddress resolved(String address) {
		try {
			return InetAddress.getByName(address);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("not an address: " + address, ex);
		}
	}

	private static boolean isFree(InetAddress address, int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, address)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
