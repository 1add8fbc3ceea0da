package dev.herald.api.idempotency;

import dev.herald.common.json.HeraldJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether two requests ask for the same.
 *
 * @param sha256 64 hexadecimal digits
 */
public record RequestHash(String sha256) {

	/**
	 * The hash of a request, from all it holds: its JSON, whatever spaces it came with.
	 */
	public static RequestHash of(Object request) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(HeraldJson.write(request));
			return new RequestHash(HexFormat.of().formatHex(hash));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	static RequestHash of(byte[] column) {
		return new RequestHash(HexFormat.of().formatHex(column));
	}

	byte[] bytes() {
		return HexFormat.of().parseHex(sha256);
	}

}
