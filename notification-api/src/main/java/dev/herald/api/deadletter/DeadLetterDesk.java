package dev.herald.api.deadletter;

import dev.herald.api.deadletter.JdbcDeadLetters.Removal;
import dev.herald.api.devices.DeviceDirectory;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.problem.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Where an operator has dead letters replayed or discarded: the oldest of each group
 * first, a few hundred at a time, each batch in a transaction of its own. Several
 * operators may do so at once: each dead letter goes to one of them. Where something goes
 * away on the way, what was done until then is answered. Safe for use by many threads.
 */
final class DeadLetterDesk {

	/** So many jobs are on their way to the broker while their rows are locked. */
	private static final int BATCH = 200;

	private static final Logger log = LoggerFactory.getLogger(DeadLetterDesk.class);

	private final JdbcDeadLetters letters;

	private final DeviceDirectory directory;

	private final ConfirmedPublisher publisher;

	private final MeterRegistry meters;

	private final Clock clock;

	DeadLetterDesk(JdbcDeadLetters letters, DeviceDirectory directory, ConfirmedPublisher publisher,
			MeterRegistry meters, Clock clock) {
		this.letters = letters;
		this.directory = directory;
		this.publisher = publisher;
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Publishes jobs anew and removes their dead letters once the broker has confirmed
	 * them. If the service dies in between, they stay and may be replayed once more.
	 * @param limit how many dead letters at most
	 * @param timeToLive how long the jobs are worth showing from now on, or null to leave
	 * their expiry as it was
	 * @throws UnavailableException if something is away and nothing was removed
	 * @throws DataAccessException likewise
	 */
	Replayed replay(DeadLetterFilter filter, int limit, @Nullable Duration timeToLive) {
		Replay replay = new Replay(directory, publisher, meters, clock, timeToLive);
		dispose(filter, limit, replay);
		return new Replayed(replay.replayed(), replay.expired(), replay.gone(), left(filter));
	}

	/**
	 * Forgets dead letters; the books go on saying that their jobs were given up.
	 * @param limit how many at most
	 * @throws DataAccessException if the database is away and nothing was discarded
	 */
	Discarded discard(DeadLetterFilter filter, int limit) {
		Discard discard = new Discard(meters);
		dispose(filter, limit, discard);
		return new Discarded(discard.discarded(), left(filter));
	}

	private void dispose(DeadLetterFilter filter, int limit, Disposal disposal) {
		Progress progress = new Progress(limit);
		try {
			// A job that is given up again meanwhile has to wait for the next time.
			long newest = letters.newest();
			for (DeadLetterGroup group : letters.groups(filter)) {
				dispose(group, newest, progress, disposal);
			}
		}
		catch (UnavailableException | DataAccessException ex) {
			if (progress.removed == 0) {
				throw ex;
			}
			log.warn("Stopped after {} dead letters: {}", progress.removed, ex.getMessage());
		}
	}

	private void dispose(DeadLetterGroup group, long newest, Progress progress, Disposal disposal) {
		long after = 0;
		while (progress.room() > 0) {
			Removal removal = letters.remove(group, after, newest, Math.min(BATCH, progress.room()), disposal::dispose);
			if (removal.last() == null) {
				return;
			}
			after = removal.last();
			progress.removed += removal.removed();
			disposal.removed();
			if (removal.removed() == 0) {
				// The queue of this group takes none.
				return;
			}
		}
	}

	/** What was done is done, even if what is left cannot be counted. */
	private @Nullable Long left(DeadLetterFilter filter) {
		try {
			return letters.count(filter).values().stream().mapToLong(Long::longValue).sum();
		}
		catch (DataAccessException ex) {
			log.warn("The dead letters that are left could not be counted: {}", ex.getMessage());
			return null;
		}
	}

	/**
	 * The answer to a replay.
	 *
	 * @param replayed how many jobs were published anew
	 * @param expired how many of them are past their expiry and will end as expired
	 * @param gone how many were removed without being sent, since their user has logged
	 * out of the device or is reached on a newer one
	 * @param left how many are left of those that were meant; absent if that is not known
	 */
	record Replayed(int replayed, int expired, int gone, @Nullable Long left) {
	}

	/**
	 * The answer to a discard.
	 *
	 * @param left how many are left of those that were meant; absent if that is not known
	 */
	record Discarded(int discarded, @Nullable Long left) {
	}

	private static final class Progress {

		private final int limit;

		private int removed;

		Progress(int limit) {
			this.limit = limit;
		}

		int room() {
			return limit - removed;
		}

	}

}
