package dev.herald.emulators.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

/** The bearer key of the control port. Its text form shows nothing of it. */
public final class ControlKey {

	private static final int MIN_LENGTH = 16;

	private final byte[] expected;

	/**
	 * A key.
	 * @throws IllegalArgumentException if it is shorter than 16 characters
	 */
	public ControlKey(String key) {
		if (key.length() < MIN_LENGTH) {
			throw new IllegalArgumentException(
					"The control key has %d characters, expected %d or more".formatted(key.length(), MIN_LENGTH));
		}
		this.expected = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
	}

	boolean opens(@Nullable String authorization) {
		return authorization != null
				&& MessageDigest.isEqual(this.expected, authorization.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return "[REDACTED]";
	}

}
