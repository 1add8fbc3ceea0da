package dev.herald.base.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way to a server that a test can cut (connections break, new ones are refused), freeze
 * (connections are taken, but nothing goes through) and open again.
 */
public final class TcpProxy implements AutoCloseable {

	private final InetSocketAddress target;

	private final int port;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition thawed = lock.newCondition();

	private boolean frozen;

	private volatile ServerSocket server;

	private volatile Thread accepting = Thread.currentThread();

	public TcpProxy(String host, int port) {
		this.target = new InetSocketAddress(host, port);
		this.server = listen(0);
		this.port = server.getLocalPort();
	}

	public int port() {
		return port;
	}

	public void cut() {
		close(server);
		awaitAcceptingEnds();
		sockets.forEach(TcpProxy::close);
		thaw();
	}

	/** Until then the port is not free. */
	private void awaitAcceptingEnds() {
		try {
			accepting.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Open again after {@link #cut()}. */
	public void restore() {
		server = listen(port);
	}

	public void freeze() {
		lock.lock();
		try {
			frozen = true;
		}
		finally {
			lock.unlock();
		}
	}

	public void thaw() {
		lock.lock();
		try {
			frozen = false;
			thawed.signalAll();
		}
		finally {
			lock.unlock();
		}
	}

	@Override
	public void close() {
		cut();
	}

	private ServerSocket listen(int wanted) {
		try {
			ServerSocket listening = new ServerSocket();
			listening.setReuseAddress(true);
			listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
			accepting = Thread.ofVirtual().start(() -> accept(listening));
			return listening;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket listening) {
		while (!listening.isClosed()) {
			try {
				Socket client = listening.accept();
				sockets.add(client);
				Thread.ofVirtual().start(() -> connect(client));
			}
			catch (IOException ignored) {
				return;
			}
		}
	}

	private void connect(Socket client) {
		try {
			awaitThaw();
			Socket upstream = new Socket(target.getAddress(), target.getPort());
			sockets.add(upstream);
			Thread.ofVirtual().start(() -> pump(client, upstream));
			pump(upstream, client);
		}
		catch (IOException ignored) {
			close(client);
		}
	}

	private void pump(Socket from, Socket to) {
		try (from; to) {
			byte[] buffer = new byte[16_384];
			for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream().read(buffer)) {
				awaitThaw();
				to.getOutputStream().write(buffer, 0, read);
			}
		}
		catch (IOException ignored) {
			// One side is gone, and the other with it.
		}
		sockets.remove(from);
		sockets.remove(to);
	}

	private void awaitThaw() {
		lock.lock();
		try {
			while (frozen) {
				thawed.awaitUninterruptibly();
			}
		}
		finally {
			lock.unlock();
		}
	}

	private static void close(AutoCloseable socket) {
		try {
			socket.close();
		}
		catch (Exception ignored) {
			// Closed is closed.
		}
	}

}
