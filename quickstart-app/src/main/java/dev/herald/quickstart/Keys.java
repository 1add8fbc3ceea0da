package dev.herald.quickstart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * API keys made for one run.
 *
 * @param sender sends notifications
 * @param registrar registers devices
 * @param operator reads metrics
 * @param internal the services' own
 */
record Keys(String sender, String registrar, String operator, String internal) {

	static Keys generate() {
		SecureRandom random = new SecureRandom();
		return new Keys(key(random), key(random), key(random), key(random));
	}

	/** The properties by which a service knows them: names, roles and hashes. */
	Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		List<Map.Entry<String, String>> keys = List.of(Map.entry("sender", sender), Map.entry("registrar", registrar),
				Map.entry("operator", operator), Map.entry("internal", internal));
		for (int i = 0; i < keys.size(); i++) {
			String prefix = "herald.api-keys[%d].".formatted(i);
			properties.put(prefix + "name", keys.get(i).getKey());
			properties.put(prefix + "roles", keys.get(i).getKey());
			properties.put(prefix + "sha256", sha256(keys.get(i).getValue()));
		}
		return properties;
	}

	private static String key(SecureRandom random) {
		byte[] bytes = new byte[32];
		random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	private static String sha256(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "Keys[REDACTED]";
	}

}
