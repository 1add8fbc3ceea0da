package dev.herald.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What the answer to {@code POST /notification} promises. All zero where it promises
 * nothing.
 */
record Receipt(long idHigh, long idLow, int devices) {

	static final Receipt NONE = new Receipt(0, 0, 0);

	private static final String ID = "\"notification_id\":\"";

	private static final String DEVICES = "\"devices\":";

	private static final int UUID_LENGTH = 36;

	/**
	 * Reads the two fields where they stand: a parser would cost more than the request.
	 */
	static Receipt of(byte[] json) {
		String text = new String(json, StandardCharsets.ISO_8859_1);
		int id = text.indexOf(ID);
		int devices = text.indexOf(DEVICES);
		if (id < 0 || devices < 0) {
			return NONE;
		}
		int idStart = id + ID.length();
		UUID uuid = UUID.fromString(text.substring(idStart, idStart + UUID_LENGTH));
		return new Receipt(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(),
				number(text, devices + DEVICES.length()));
	}

	private static int number(String text, int start) {
		int end = start;
		while (end < text.length() && Character.isDigit(text.charAt(end))) {
			end++;
		}
		return Integer.parseInt(text, start, end, 10);
	}

}
