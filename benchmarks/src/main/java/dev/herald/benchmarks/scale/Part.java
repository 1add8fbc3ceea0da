package dev.herald.benchmarks.scale;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of process that a push costs CPU time. */
enum Part {

	/** The notification API. */
	API("notification-api", "api"),

	/** The token store. */
	TOKEN_STORE("token-store", "token"),

	/** The push workers. */
	WORKER("push-worker", "worker"),

	/** RabbitMQ. */
	BROKER("RabbitMQ", "rabbit|broker"),

	/** MySQL, with the tables of both services. */
	DATABASE("MySQL", "mysql|database");

	private final String title;

	/** Alternatives, as in a regular expression. */
	private final String words;

	Part(String title, String words) {
		this.title = title;
		this.words = words;
	}

	/** What it is called in tables. */
	String title() {
		return title;
	}

	/**
	 * The part that a measured process belongs to; empty for what is not Herald's, as the
	 * emulators and whatever makes the load.
	 */
	static Optional<Part> named(String process) {
		String lower = process.toLowerCase(Locale.ROOT);
		for (Part part : List.of(WORKER, TOKEN_STORE, BROKER, DATABASE, API)) {
			if (lower.matches(".*(" + part.words + ").*")) {
				return Optional.of(part);
			}
		}
		return Optional.empty();
	}

}
