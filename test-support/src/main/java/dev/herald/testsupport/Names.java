package dev.herald.testsupport;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names and passwords that nobody else has. */
final class Names {

	/**
	 * MySQL allows a database 64 characters and a user 32; both share the random part.
	 */
	private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,40}");

	private static final SecureRandom RANDOM = new SecureRandom();

	private Names() {
	}

	static String random() {
		return hex(6);
	}

	static String password() {
		return hex(16);
	}

	/**
	 * @throws IllegalArgumentException if it could not be part of a database's name
	 */
	static String requireName(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"a test database's name is 1 to 40 lower-case letters, digits and underscores, but was \"" + name
							+ "\"");
		}
		return name;
	}

	private static String hex(int bytes) {
		byte[] random = new byte[bytes];
		RANDOM.nextBytes(random);
		return HexFormat.of().formatHex(random);
	}

}
