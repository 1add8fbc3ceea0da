package dev.herald.tokenstore.device;

import dev.herald.common.identity.DeviceToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What stands for a token in keys and conditions: tokens are longer than an index key may
 * be.
 */
public final class TokenHash {

	private TokenHash() {
	}

	/** The SHA-256 of the token, 32 bytes. */
	public static byte[] of(DeviceToken token) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(token.value().getBytes(StandardCharsets.US_ASCII));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
