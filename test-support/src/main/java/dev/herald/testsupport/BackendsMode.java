package dev.herald.testsupport;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What HERALD_TEST_BACKENDS asks for. */
enum BackendsMode {

	/** Unset: the first that this machine has. */
	ANY,

	/** Nothing but MySQL and RabbitMQ. */
	REAL,

	/** The embedded pair, even where there is better. */
	EMBEDDED;

	static final String VARIABLE = "HERALD_TEST_BACKENDS";

	/**
	 * @throws IllegalArgumentException if it is neither absent, {@code real} nor
	 * {@code embedded}
	 */
	static BackendsMode of(@Nullable String value) {
		return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
			case "" -> ANY;
			case "real" -> REAL;
			case "embedded" -> EMBEDDED;
			default -> throw new IllegalArgumentException(
					VARIABLE + " must be real, embedded or unset, but was \"" + value + "\"");
		};
	}

}
