package dev.herald.emulators.credentials;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text form of keys. */
final class Pem {

	private Pem() {
	}

	static String encode(String type, byte[] der) {
		String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der);
		return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
	}

	static byte[] decode(String pem) {
		String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
		return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
	}

}
