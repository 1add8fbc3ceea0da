package dev.herald.worker.campaign;

import dev.herald.common.device.DevicePageQuery;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many devices a page of a broadcast has: about as many as this worker expands in a
 * second. A page that was begun is finished, so a pause takes as long to show as a page
 * takes. Safe for use by many threads.
 */
final class PageSize {

	static final int FIRST = 200;

	static final int SMALLEST = 100;

	private static final Duration AIM = Duration.ofSeconds(1);

	private final AtomicInteger size = new AtomicInteger(FIRST);

	/** The most devices for the next page. */
	int next() {
		return size.get();
	}

	/**
	 * Learns from a page.
	 * @param devices how many were expanded; one that is less than half full says nothing
	 * @param took from the claim to the report
	 */
	void learn(int devices, Duration took) {
		size.updateAndGet(current -> devices < current / 2 ? current : towards(current, devices, took));
	}

	private static int towards(int current, int devices, Duration took) {
		double worked = (double) devices * AIM.toNanos() / Math.max(1, took.toNanos());
		long bounded = Math.clamp((long) worked, Math.max(SMALLEST, current / 2), 2 * current);
		return (int) Math.min(bounded, DevicePageQuery.MAX_LIMIT);
	}

}
