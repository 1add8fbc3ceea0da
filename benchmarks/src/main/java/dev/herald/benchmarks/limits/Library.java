package dev.herald.benchmarks.limits;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A provider's library that is ready to send. Safe for use by many threads. Nobody closes
 * it: its process ends.
 *
 * <p>
 * What it sends is what Herald would make of an ordinary notification: a text, a payload,
 * a time to live, a key by which a second copy takes the place of the first.
 */
@FunctionalInterface
interface Library {

	/** What every push shows. */
	String TITLE = "Your driver is here";

	/** What every push shows below. */
	String MESSAGE = "Please meet your driver at the pickup point";

	/** The link of its payload. */
	String LINK = "https://acme.example/rides/7d1c4f0e";

	/** How long the provider keeps it. */
	Duration TIME_TO_LIVE = Duration.ofDays(1);

	/** The notification of a number. */
	static UUID notification(long number) {
		return new UUID(0x0193_2c07_6a00_7abcL, number);
	}

	/**
	 * Starts one push.
	 * @param number which; its token is made of it
	 * @param whenDone told the failure, or null, on any thread
	 */
	void send(long number, Consumer<@Nullable Throwable> whenDone);

}
