package dev.herald.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a server that must not be touched, on an address of its own, and cuts its
 * clients off instead. Shut, it breaks connections and refuses new ones; paused, it keeps
 * them and passes nothing on.
 */
final class TcpGate implements Switch, AutoCloseable {

	static final String HOST = "127.0.0.1";

	private final InetSocketAddress server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final int port;

	private @Nullable ServerSocket listener;

	private boolean paused;

	private TcpGate(InetSocketAddress server) throws IOException {
		this.server = server;
		ServerSocket opened = listen(0);
		this.listener = opened;
		this.port = opened.getLocalPort();
	}

	/** Opens a gate before a server, on a free port of the loopback address. */
	static TcpGate before(String host, int port) {
		try {
			return new TcpGate(new InetSocketAddress(host, port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no port to stand before " + host + ":" + port, ex);
		}
	}

	int port() {
		return port;
	}

	@Override
	public synchronized void stop() {
		close(listener);
		listener = null;
		paused = false;
		notifyAll();
		sockets.forEach(TcpGate::close);
		sockets.clear();
	}

	@Override
	public synchronized void start() {
		if (listener != null) {
			throw new IllegalStateException("port " + port + " is open already");
		}
		try {
			listener = listen(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("port " + port + " was taken meanwhile", ex);
		}
	}

	@Override
	public void kill() {
		stop();
	}

	@Override
	public synchronized void pause() {
		paused = true;
	}

	@Override
	public synchronized void resume() {
		paused = false;
		notifyAll();
	}

	@Override
	public void close() {
		stop();
	}

	private ServerSocket listen(int wanted) throws IOException {
		ServerSocket opened = new ServerSocket();
		opened.setReuseAddress(true);
		opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
		Thread.ofVirtual().start(() -> accept(opened));
		return opened;
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
				if (admit(client, backend)) {
					Thread.ofVirtual().start(() -> pass(client, backend));
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
		byte[] buffer = new byte[8192];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				awaitResumed();
				out.write(buffer, 0, length);
			}
		}
		catch (IOException ignored) {
			// One side is gone, and below the other goes with it.
		}
		close(from);
		close(to);
		sockets.remove(from);
		sockets.remove(to);
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

}
