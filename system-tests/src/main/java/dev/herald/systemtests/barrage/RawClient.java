package dev.herald.systemtests.barrage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests byte by byte, each on a connection of its own. Safe for use by many
 * threads.
 */
final class RawClient {

	private static final int ANSWER_PATIENCE_MILLIS = 15_000;

	private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

	/** Many times what any service takes. */
	private static final int ENDLESS_BYTES = 8 * 1024 * 1024;

	private static final int CHUNK_BYTES = 16 * 1024;

	private final InetSocketAddress address;

	RawClient(URI service) {
		this.address = new InetSocketAddress(service.getHost(), service.getPort());
	}

	/**
	 * Sends a request and reads to the end of the connection.
	 * @return null if the connection ended without an answer
	 * @throws UncheckedIOException if there is no connection to be had, or no end within
	 * 15 s
	 */
	@Nullable Reply send(Shot shot) {
		try (Socket socket = new Socket()) {
			socket.connect(address, 5000);
			socket.setSoTimeout(ANSWER_PATIENCE_MILLIS);
			write(shot, socket);
			return Reply.parse(readToEnd(socket.getInputStream()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Shot shot, Socket socket) {
		try {
			OutputStream out = socket.getOutputStream();
			out.write(shot.head());
			byte[] body = shot.body == null ? new byte[0] : shot.body;
			switch (shot.framing) {
				case LENGTH, UNSAID -> out.write(body);
				case CHUNKED -> {
					chunk(out, body, body.length);
					out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				}
				case ENDLESS -> {
					endlessly(out, socket.getInputStream());
					// Else the other side would wait for the rest until its patience
					// ends.
					socket.shutdownOutput();
				}
			}
			out.flush();
		}
		catch (IOException ignored) {
			// The other side has had enough; its answer may be there all the same.
		}
	}

	private static void endlessly(OutputStream out, InputStream in) throws IOException {
		byte[] spaces = " ".repeat(CHUNK_BYTES).getBytes(StandardCharsets.US_ASCII);
		for (int sent = 0; sent < ENDLESS_BYTES && in.available() == 0; sent += CHUNK_BYTES) {
			chunk(out, spaces, CHUNK_BYTES);
		}
	}

	private static void chunk(OutputStream out, byte[] bytes, int length) throws IOException {
		if (length > 0) {
			out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
			out.write(bytes, 0, length);
			out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
		}
	}

	private static byte[] readToEnd(InputStream in) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		byte[] buffer = new byte[16 * 1024];
		try {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				answer.write(buffer, 0, read);
				if (answer.size() > MAX_ANSWER_BYTES) {
					throw new IOException("an answer of more than " + MAX_ANSWER_BYTES + " bytes");
				}
			}
		}
		catch (java.net.SocketException ex) {
			// Reset, since not all of the request was read: what came before counts.
			return answer.toByteArray();
		}
		return answer.toByteArray();
	}

}
