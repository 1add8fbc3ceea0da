package dev.herald.systemtests;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The API keys of the house under test: one for each role, made of the role's name. */
public final class Keys {

	/** May send. */
	public static final String SENDER = "sender-key";

	/** May register devices. */
	public static final String REGISTRAR = "registrar-key";

	/** May look and tend. */
	public static final String OPERATOR = "operator-key";

	/** What services show each other. */
	public static final String INTERNAL = "internal-key";

	private Keys() {
	}

	/** The configuration by which a service takes these keys. */
	public static Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		int index = 0;
		for (String key : new String[] { SENDER, REGISTRAR, OPERATOR, INTERNAL }) {
			String role = key.substring(0, key.indexOf('-'));
			String prefix = "herald.api-keys[%d].".formatted(index++);
			properties.put(prefix + "name", role);
			properties.put(prefix + "roles", role);
			properties.put(prefix + "sha256", sha256(key));
		}
		return properties;
	}

	private static String sha256(String key) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
