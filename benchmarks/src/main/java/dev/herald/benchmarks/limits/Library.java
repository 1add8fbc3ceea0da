package dev.herald.benchmarks.limits;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A provider's library that is ready to send. Safe for use by many threads. Nobody closes
 * it: its process ends.
 */
@FunctionalInterface
interface Library {

	/** What every push shows. */
	String TITLE = "Your driver is here";

	/** What every push shows below. */
	String MESSAGE = "Please meet your driver at the pickup point";

	/**
	 * Starts one push.
	 * @param number which; its token is made of it
	 * @param whenDone told the failure, or null, on any thread
	 */
	void send(long number, Consumer<@Nullable Throwable> whenDone);

}
