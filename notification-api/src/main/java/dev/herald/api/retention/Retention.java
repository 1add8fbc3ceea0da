package dev.herald.api.retention;

import dev.herald.api.campaign.Campaigns;
import dev.herald.api.deadletter.DeadLetters;
import dev.herald.api.delivery.Deliveries;
import dev.herald.api.idempotency.IdempotencyKeys;
import dev.herald.api.notification.Notifications;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Forgets what is older than it is to be kept, a thousand rows at a time, so that nobody
 * waits for its locks. Instances may do so at once: each row goes once, from the oldest
 * on.
 */
final class Retention implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(Retention.class);

	private static final int CHUNK = 1000;

	private final Notifications notifications;

	private final Deliveries deliveries;

	private final DeadLetters deadLetters;

	private final IdempotencyKeys keys;

	private final Campaigns campaigns;

	private final Duration keep;

	private final Clock clock;

	Retention(Notifications notifications, Deliveries deliveries, DeadLetters deadLetters, IdempotencyKeys keys,
			Campaigns campaigns, Duration keep, Clock clock) {
		this.notifications = notifications;
		this.deliveries = deliveries;
		this.deadLetters = deadLetters;
		this.keys = keys;
		this.campaigns = campaigns;
		this.keep = keep;
		this.clock = clock;
	}

	/**
	 * Forgets everything that is due; goes on with what is left the next time if it is
	 * interrupted or fails.
	 */
	@Override
	public void run() {
		Instant now = clock.instant();
		try {
			forget("deliveries", deliveries::deleteBefore, now.minus(keep));
			forget("dead letters", deadLetters::deleteBefore, now.minus(keep));
			forget("notifications", notifications::deleteBefore, now.minus(keep));
			// Not before those that wait for the latest start have been kept as long.
			forget("rows of campaigns", campaigns::deleteBefore, now.minus(keep).minus(Campaigns.LATEST_START));
			forget("idempotency keys", keys::deleteBefore, now.minus(IdempotencyKeys.KEPT));
		}
		catch (DataAccessException ex) {
			log.warn("What is too old could not all be forgotten, and will be later: {}", ex.getMessage());
		}
	}

	private static void forget(String what, Deletion deletion, Instant before) {
		long forgotten = 0;
		int last = CHUNK;
		while (last == CHUNK && !Thread.currentThread().isInterrupted()) {
			last = deletion.deleteBefore(before, CHUNK);
			forgotten += last;
		}
		if (forgotten > 0) {
			log.info("Forgot {} {} from before {}", forgotten, what, before);
		}
	}

	@FunctionalInterface
	private interface Deletion {

		int deleteBefore(Instant moment, int limit);

	}

}
