package dev.herald.systemtests.barrage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came.
 *
 * @param headers by their names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> headers, byte[] body) {

	private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	/** Reads an answer that ends with its connection, or null if there is none. */
	static @Nullable Reply parse(byte[] bytes) {
		int end = indexOf(bytes, END_OF_HEAD, 0);
		if (end < 0) {
			return null;
		}
		String[] lines = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).split("\r\n");
		int status = Integer.parseInt(lines[0].split(" ")[1]);
		byte[] rest = Arrays.copyOfRange(bytes, end + END_OF_HEAD.length, bytes.length);
		if (status / 100 == 1) {
			return parse(rest);
		}
		Map<String, String> headers = new TreeMap<>();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
		}
		return new Reply(status, headers, "chunked".equals(headers.get("transfer-encoding")) ? dechunked(rest) : rest);
	}

	private static byte[] dechunked(byte[] bytes) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int position = 0;
		while (position < bytes.length) {
			int end = indexOf(bytes, new byte[] { '\r', '\n' }, position);
			if (end < 0) {
				break;
			}
			int size = Integer.parseInt(new String(bytes, position, end - position, StandardCharsets.US_ASCII), 16);
			body.write(bytes, end + 2, Math.min(size, bytes.length - end - 2));
			position = end + 2 + size + 2;
		}
		return body.toByteArray();
	}

	private static int indexOf(byte[] bytes, byte[] wanted, int from) {
		for (int i = from; i <= bytes.length - wanted.length; i++) {
			if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
				return i;
			}
		}
		return -1;
	}

	String text() {
		return new String(body, StandardCharsets.UTF_8);
	}

	String header(String name) {
		return headers.getOrDefault(name, "");
	}

	@Override
	public String toString() {
		String text = text();
		return "%d %s %s".formatted(status, headers, text.substring(0, Math.min(text.length(), 600)));
	}

}
