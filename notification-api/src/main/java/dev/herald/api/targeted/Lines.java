package dev.herald.api.targeted;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, one at a time, in a buffer of the longest line's length: memory
 * does not grow with the stream. Every byte goes into a hash on its way. For use by one
 * thread.
 */
final class Lines {

	private final InputStream in;

	private final long maxBytes;

	private final byte[] line;

	private final byte[] buffer = new byte[16 * 1024];

	private final MessageDigest digest;

	private int position;

	private int filled;

	private long total;

	private long number;

	/**
	 * @param maxBytes of the whole stream
	 * @param maxLine of one line
	 */
	Lines(InputStream in, long maxBytes, int maxLine) {
		this.in = in;
		this.maxBytes = maxBytes;
		this.line = new byte[maxLine];
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/**
	 * A line.
	 *
	 * @param number from 1
	 * @param text without its end; null if it is too long
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Line(long number, byte @Nullable [] text) {
	}

	/** The stream is longer than is taken. */
	static final class TooLongException extends IOException {

		private static final long serialVersionUID = 1L;

		TooLongException(String message) {
			super(message);
		}

	}

	/**
	 * The next line that is not blank, or null at the end.
	 * @throws TooLongException if the stream is too long
	 * @throws IOException if it breaks or stalls
	 */
	@Nullable Line next() throws IOException {
		Line next = read();
		while (next != null && next.text != null && isBlank(next.text)) {
			next = read();
		}
		return next;
	}

	private @Nullable Line read() throws IOException {
		int length = 0;
		boolean any = false;
		boolean fits = true;
		while (position < filled || fill()) {
			any = true;
			int end = position;
			while (end < filled && buffer[end] != '\n') {
				end++;
			}
			int part = end - position;
			fits = fits && length + part <= line.length;
			if (fits) {
				System.arraycopy(buffer, position, line, length, part);
				length += part;
			}
			boolean complete = end < filled;
			position = complete ? end + 1 : end;
			if (complete) {
				break;
			}
		}
		return any ? new Line(++number, fits ? Arrays.copyOf(line, length) : null) : null;
	}

	private boolean fill() throws IOException {
		int read = in.read(buffer);
		position = 0;
		filled = Math.max(0, read);
		total += filled;
		if (total > maxBytes) {
			throw new TooLongException("a stream must have at most %d bytes".formatted(maxBytes));
		}
		digest.update(buffer, 0, filled);
		return read > 0;
	}

	private static boolean isBlank(byte[] text) {
		for (byte character : text) {
			if (character != ' ' && character != '\t' && character != '\r') {
				return false;
			}
		}
		return true;
	}

	/** The SHA-256 of everything read so far; to be asked for once. */
	byte[] sha256() {
		return digest.digest();
	}

}
