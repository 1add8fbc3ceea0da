package dev.herald.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a server on an address of its own and does to its clients what networks
 * do. Shut, it breaks connections and refuses new ones; paused, it keeps them and passes
 * nothing on, as a firewall that forgot them; delaying, it passes everything on late; and
 * it can break all connections at once without a word. Open when made; closed by whoever
 * made it. Safe for use by several threads.
 */
public final class TcpGate implements Switch, AutoCloseable {

	/** The address that every gate listens on. */
	public static final String HOST = "127.0.0.1";

	private final InetSocketAddress server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final int port;

	private @Nullable Listener listener;

	/** Holds the port while nothing listens on it. */
	private @Nullable Socket placeholder;

	private boolean paused;

	private volatile DelayRange delay = DelayRange.NONE;

	private TcpGate(InetSocketAddress server) throws IOException {
		this.server = server;
		Listener opened = listen(0);
		this.listener = opened;
		this.port = opened.socket.getLocalPort();
	}

	/** Opens a gate before a server, on a free port of the loopback address. */
	public static TcpGate before(String host, int port) {
		try {
			return new TcpGate(new InetSocketAddress(host, port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no port to stand before " + host + ":" + port, ex);
		}
	}

	/** Where it listens, always. */
	public int port() {
		return port;
	}

	/** Shuts it: connections end, and new ones are refused. */
	@Override
	public synchronized void stop() {
		if (listener != null) {
			close(listener);
			listener = null;
			placeholder = hold();
		}
		paused = false;
		notifyAll();
		sockets.forEach(TcpGate::close);
		sockets.clear();
	}

	/**
	 * Bound and not listening, so that connections are refused. Otherwise any connection
	 * of this machine may be given the port, even one that asks for the gate.
	 */
	private Socket hold() {
		try {
			Socket socket = new Socket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(HOST, port));
			return socket;
		}
		catch (IOException ex) {
			throw taken(ex);
		}
	}

	private UncheckedIOException taken(IOException cause) {
		return new UncheckedIOException("port " + port + " was taken meanwhile", cause);
	}

	/**
	 * Opens it after {@link #stop()}.
	 * @throws IllegalStateException if it is open
	 */
	@Override
	public synchronized void start() {
		if (listener != null) {
			throw new IllegalStateException("port " + port + " is open already");
		}
		close(placeholder);
		placeholder = null;
		try {
			listener = listen(port);
		}
		catch (IOException ex) {
			throw taken(ex);
		}
	}

	@Override
	public void kill() {
		stop();
	}

	/** Keeps all connections, takes new ones, and passes nothing on. */
	@Override
	public synchronized void pause() {
		paused = true;
	}

	/** Passes on what came since {@link #pause()}, and everything after. */
	@Override
	public synchronized void resume() {
		paused = false;
		notifyAll();
	}

	/**
	 * Breaks every connection by a TCP reset, on both sides: nobody says good-bye, and
	 * what was under way is gone. New ones are taken.
	 */
	public void reset() {
		List<Socket> all = List.copyOf(sockets);
		// All before the first is closed: with one socket of a connection goes the other.
		all.forEach(TcpGate::endWithoutAWord);
		all.forEach(TcpGate::close);
	}

	private static void endWithoutAWord(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (SocketException ignored) {
			// It is closed already.
		}
	}

	/**
	 * From now on whatever passes, in either direction, arrives later by a time drawn
	 * anew for each piece; pieces stay in their order. No limit on throughput.
	 * @param least zero or more
	 * @param most {@code least} or more; both zero ends the delaying
	 */
	public void delay(Duration least, Duration most) {
		delay = new DelayRange(least, most);
	}

	@Override
	public synchronized void close() {
		stop();
		close(placeholder);
	}

	private Listener listen(int wanted) throws IOException {
		ServerSocket opened = new ServerSocket();
		opened.setReuseAddress(true);
		opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
		return new Listener(opened, Thread.ofVirtual().start(() -> accept(opened)));
	}

	private void accept(ServerSocket opened) {
		while (!opened.isClosed()) {
			try {
				connect(opened.accept());
			}
			catch (IOException ignored) {
				// Either the gate was shut or the client gave up: both end this attempt.
			}
		}
	}

	private void connect(Socket client) {
		Thread.ofVirtual().start(() -> {
			Socket backend = new Socket();
			try {
				awaitResumed();
				backend.connect(server);
				client.setTcpNoDelay(true);
				backend.setTcpNoDelay(true);
				if (admit(client, backend)) {
					pass(client, backend);
					pass(backend, client);
				}
			}
			catch (IOException ignored) {
				close(client);
				close(backend);
			}
		});
	}

	/** Not if the gate was shut since: nobody would close these two any more. */
	private synchronized boolean admit(Socket client, Socket backend) {
		if (listener == null) {
			close(client);
			close(backend);
			return false;
		}
		sockets.add(client);
		sockets.add(backend);
		return true;
	}

	private void pass(Socket from, Socket to) {
		new DelayedPipe(from, to, this::drawDelay, this::awaitResumed, () -> {
			close(from);
			close(to);
			sockets.remove(from);
			sockets.remove(to);
		}).start();
	}

	private long drawDelay() {
		DelayRange range = delay;
		return range == DelayRange.NONE ? 0
				: ThreadLocalRandom.current().nextLong(range.least.toNanos(), range.most.toNanos() + 1);
	}

	private synchronized void awaitResumed() throws IOException {
		while (paused) {
			try {
				wait();
			}
			catch (InterruptedException ex) {
				throw new IOException("interrupted while the gate was paused", ex);
			}
		}
	}

	private static void close(@Nullable AutoCloseable closeable) {
		try {
			if (closeable != null) {
				closeable.close();
			}
		}
		catch (Exception ignored) {
			// Closed is what it was to become.
		}
	}

	private record Listener(ServerSocket socket, Thread acceptor) implements AutoCloseable {

		/** The port is free only when nobody accepts any more. */
		@Override
		public void close() throws IOException {
			socket.close();
			try {
				acceptor.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	private record DelayRange(Duration least, Duration most) {

		static final DelayRange NONE = new DelayRange(Duration.ZERO, Duration.ZERO);

		DelayRange {
			if (least.isNegative() || most.compareTo(least) < 0) {
				throw new IllegalArgumentException(
						"a delay must be from zero or more to no less, but was from %s to %s".formatted(least, most));
			}
		}

	}

}
