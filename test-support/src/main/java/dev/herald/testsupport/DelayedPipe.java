package dev.herald.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One direction of a connection. Reading and writing are two threads' work, with the
 * pieces that are on their way between them: so a delay makes the way longer and not
 * narrower.
 */
final class DelayedPipe {

	private static final int MOST_PIECES_ON_THE_WAY = 1024;

	private final Socket from;

	private final Socket to;

	private final LongSupplier delayNanos;

	private final Barrier barrier;

	private final Runnable whenOver;

	private final BlockingQueue<Piece> onTheWay = new ArrayBlockingQueue<>(MOST_PIECES_ON_THE_WAY);

	/**
	 * @param delayNanos asked for each piece
	 * @param barrier passed before each piece is written
	 * @param whenOver closes both sockets; may be called twice
	 */
	DelayedPipe(Socket from, Socket to, LongSupplier delayNanos, Barrier barrier, Runnable whenOver) {
		this.from = from;
		this.to = to;
		this.delayNanos = delayNanos;
		this.barrier = barrier;
		this.whenOver = whenOver;
	}

	void start() {
		Thread writer = Thread.ofVirtual().start(this::write);
		Thread.ofVirtual().start(() -> read(writer));
	}

	private void read(Thread writer) {
		byte[] buffer = new byte[16384];
		try {
			InputStream in = from.getInputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				onTheWay.put(new Piece(Arrays.copyOf(buffer, length), System.nanoTime() + delayNanos.getAsLong()));
			}
			onTheWay.put(Piece.END);
		}
		catch (IOException | InterruptedException ignored) {
			// Broken rather than ended: what is on its way is lost, as in a network.
			writer.interrupt();
			whenOver.run();
		}
	}

	private void write() {
		try {
			OutputStream out = to.getOutputStream();
			for (Piece piece = onTheWay.take(); piece != Piece.END; piece = onTheWay.take()) {
				TimeUnit.NANOSECONDS.sleep(piece.dueNanos - System.nanoTime());
				barrier.await();
				out.write(piece.bytes);
			}
		}
		catch (IOException | InterruptedException ignored) {
			// One side is gone, and below the other goes with it.
		}
		whenOver.run();
		// The reader may wait for room that nobody makes any more.
		onTheWay.clear();
	}

	/** Holds the writer up as long as nothing may pass. */
	interface Barrier {

		void await() throws IOException;

	}

	private static final class Piece {

		static final Piece END = new Piece(new byte[0], 0);

		private final byte[] bytes;

		private final long dueNanos;

		Piece(byte[] bytes, long dueNanos) {
			this.bytes = bytes;
			this.dueNanos = dueNanos;
		}

	}

}
