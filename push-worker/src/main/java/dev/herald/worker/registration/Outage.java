package dev.herald.worker.registration;

import dev.herald.worker.registration.Standing.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers that the token store does not answer, so that one question a second waits for
 * it instead of every job. Says so once when it begins and once when it is over. Safe for
 * use by many threads.
 */
final class Outage {

	private static final Logger log = LoggerFactory.getLogger(Outage.class);

	private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

	/** So that all jobs are back a minute after the token store is. */
	private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

	private final Clock clock;

	private final AtomicReference<@Nullable Away> away = new AtomicReference<>();

	Outage(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Begins, unless it lasts already.
	 * @return what is known of a registration that was asked for
	 */
	Unknown lasts(String reason) {
		Instant now = clock.instant();
		Away begun = new Away(reason, now, now.plus(TRY_AGAIN_AFTER));
		if (away.compareAndSet(null, begun)) {
			log.warn(
					"Jobs that waited are held until the token store can tell whether their devices are registered: {}",
					reason);
		}
		Away lasting = away.get();
		return (lasting == null ? begun : lasting).unknown(now);
	}

	/** The token store has answered. */
	void isOver() {
		Away ended = away.getAndSet(null);
		if (ended != null) {
			log.info("The token store answers again after {}: jobs that were held go on",
					Duration.between(ended.since(), clock.instant()));
		}
	}

	/**
	 * Asked before each question to the token store; now and then it lets one through, in
	 * order to find out whether the outage is over.
	 * @return null if the question may be asked, or else its answer
	 */
	@Nullable Unknown answer() {
		Away lasting = away.get();
		if (lasting == null) {
			return null;
		}
		Instant now = clock.instant();
		boolean due = !now.isBefore(lasting.nextTry());
		return due && away.compareAndSet(lasting, lasting.triedAt(now)) ? null : lasting.unknown(now);
	}

	/** What is known of any registration while it lasts, or null. */
	@Nullable Unknown known() {
		Away lasting = away.get();
		return lasting == null ? null : lasting.unknown(clock.instant());
	}

	private record Away(String reason, Instant since, Instant nextTry) {

		Away triedAt(Instant now) {
			return new Away(reason, since, now.plus(TRY_AGAIN_AFTER));
		}

		Unknown unknown(Instant now) {
			Duration lasted = Duration.between(since, now);
			return new Unknown(reason, lasted.compareTo(LONGEST_WAIT) < 0 ? lasted : LONGEST_WAIT);
		}

	}

}
