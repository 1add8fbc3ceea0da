package dev.herald.emulators.credentials;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Makes credentials as the vendors would. Ids of project and team follow from the
 * application, so that they stay when keys change; ids of keys are random.
 */
final class Credentials {

	private static final SecureRandom random = new SecureRandom();

	private static final String LETTERS_AND_DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

	private static final int PROJECT_NAME_LENGTH = 21;

	private Credentials() {
	}

	static ServiceAccount newServiceAccount(String application) {
		byte[] keyId = new byte[20];
		random.nextBytes(keyId);
		return new ServiceAccount(application, projectId(application), HexFormat.of().formatHex(keyId), Keys.newRsa());
	}

	static ApnsKey newApnsKey(String application) {
		byte[] keyId = new byte[10];
		random.nextBytes(keyId);
		return new ApnsKey(application, teamId(application), tenCharacters(keyId), Keys.newP256());
	}

	/** A project id is 6 to 30 lower-case letters, digits and hyphens. */
	static String projectId(String application) {
		String name = application.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
		String start = name.substring(0, Math.min(PROJECT_NAME_LENGTH, name.length()));
		return start + "-" + HexFormat.of().formatHex(digest(application), 0, 4);
	}

	static String teamId(String application) {
		return tenCharacters(digest(application));
	}

	private static String tenCharacters(byte[] bytes) {
		StringBuilder id = new StringBuilder();
		for (int at = 0; at < 10; at++) {
			id.append(LETTERS_AND_DIGITS.charAt(Math.floorMod(bytes[at], LETTERS_AND_DIGITS.length())));
		}
		return id.toString();
	}

	private static byte[] digest(String application) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(application.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JDK has no SHA-256", ex);
		}
	}

}
