package dev.herald.worker.campaign;

import dev.herald.common.campaign.BroadcastLink;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pages of this worker that are published and not yet reported. The link that follows
 * such a page is with the broker before the report is with the API, and is delivered
 * within milliseconds: its claim would be refused, and it would go round by a delay of
 * the broker, for every page. Another worker's links still do. Safe for use by many
 * threads.
 */
final class ReportsUnderWay {

	/** As long as a link that is refused would go round at most. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final ConcurrentMap<BroadcastLink, CountDownLatch> reports = new ConcurrentHashMap<>();

	/** To be said before this link is published. */
	Report before(BroadcastLink next) {
		CountDownLatch report = new CountDownLatch(1);
		reports.put(next, report);
		return () -> {
			reports.remove(next, report);
			report.countDown();
		};
	}

	/**
	 * Waits a moment for the report of the page that this link follows, if it is ours.
	 */
	void await(BroadcastLink link) throws InterruptedException {
		@Nullable CountDownLatch report = reports.get(link);
		if (report != null) {
			report.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/** A report that is closed when it is made, or given up. */
	@FunctionalInterface
	interface Report extends AutoCloseable {

		@Override
		void close();

	}

}
