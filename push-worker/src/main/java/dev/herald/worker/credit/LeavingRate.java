package dev.herald.worker.credit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs a second leave a queue. The broker says only how many wait in it, and a
 * page that is being added is counted here when all of it is confirmed, while parts of it
 * wait already: over a tenth of a second a queue that loses thousands may seem to lose
 * none, so it takes a second to tell. Not safe for use by several threads.
 */
final class LeavingRate {

	private static final Duration WINDOW = Duration.ofSeconds(1);

	/** Nobody asked in between, since nobody had anything to add. */
	private static final Duration LONG_AGO = Duration.ofSeconds(5);

	private @Nullable Backlog first;

	private long began;

	private long added;

	private double perSecond = Double.POSITIVE_INFINITY;

	/** So many jobs of this worker have come to the queue. */
	void added(int jobs) {
		added += jobs;
	}

	/**
	 * What the broker says.
	 * @param now the time in nanoseconds, of whatever origin
	 */
	void told(Backlog backlog, long now) {
		if (first == null) {
			begin(backlog, now);
			return;
		}
		long lasted = now - began;
		if (lasted >= WINDOW.toNanos()) {
			perSecond = lasted > LONG_AGO.toNanos() ? Double.POSITIVE_INFINITY : perSecond(first, backlog, lasted);
			begin(backlog, now);
		}
	}

	private void begin(Backlog backlog, long now) {
		first = backlog;
		began = now;
		added = 0;
	}

	/**
	 * While a queue is full, as much arrives as leaves, and of what arrives a worker
	 * knows its own part only: about one of as many as there are workers.
	 */
	private double perSecond(Backlog before, Backlog last, long lasted) {
		long gone = Math.max(0, before.ready() + added - last.ready());
		return (double) gone * Math.max(1, last.consumers()) * Duration.ofSeconds(1).toNanos() / lasted;
	}

	/** Infinite while nothing is known. */
	double perSecond() {
		return perSecond;
	}

}
