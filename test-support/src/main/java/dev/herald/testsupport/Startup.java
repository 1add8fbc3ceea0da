package dev.herald.testsupport;

import java.time.Duration;
import java.time.Instant;

/** A server that takes seconds to come up, which whoever waits for the tests may know. */
record Startup(String what, Instant began) {

	static Startup of(String what) {
		return new Startup(what, Instant.now());
	}

	/**
	 * @param version what it turned out to be
	 */
	void finished(String version) {
		Console.say("Herald tests: %s is %s, up after %.1f s".formatted(what, version,
				Duration.between(began, Instant.now()).toMillis() / 1000.0));
	}

}
