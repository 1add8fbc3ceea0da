package dev.herald.worker.credit;

import dev.herald.worker.credit.JobCredit.Reservation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The room in one queue. Safe for use by many threads. */
final class QueueCredit {

	/** How long what the broker told is believed. */
	static final Duration FRESH = Duration.ofMillis(100);

	/** What lasts for longer than this lasts until one who asks each second is back. */
	private static final Duration LONG = Duration.ofSeconds(2);

	private final String name;

	private final Backlogs backlogs;

	private final LongSupplier nanoTime;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Backlog told;

	private long toldAt;

	/** What is going to be published, at most. */
	private long reserved;

	/** What was published since the broker told. */
	private long queued;

	private final LeavingRate leaving = new LeavingRate();

	QueueCredit(String name, Backlogs backlogs, LongSupplier nanoTime) {
		this.name = name;
		this.backlogs = backlogs;
		this.nanoTime = nanoTime;
	}

	Optional<Reservation> reserve(int jobs, int highWater) {
		lock.lock();
		try {
			Backlog known = backlog();
			// Every worker that consumes this queue may be adding to it as we are.
			int workers = Math.max(1, known.consumers());
			if (known.ready() + (queued + reserved) * workers >= highWater) {
				return Optional.empty();
			}
			reserved += jobs;
			return Optional.of(new Reserved(jobs));
		}
		finally {
			lock.unlock();
		}
	}

	boolean isConsumed() {
		lock.lock();
		try {
			return backlog().consumers() > 0;
		}
		finally {
			lock.unlock();
		}
	}

	boolean hasRoomSoon() {
		lock.lock();
		try {
			Backlog known = backlog();
			return known.consumers() > 0 && known.ready() < leaving.perSecond() * LONG.toSeconds();
		}
		finally {
			lock.unlock();
		}
	}

	private Backlog backlog() {
		Backlog known = told;
		return known != null && nanoTime.getAsLong() - toldAt < FRESH.toNanos() ? known : ask();
	}

	private Backlog ask() {
		Backlog latest = backlogs.of(name);
		toldAt = nanoTime.getAsLong();
		leaving.told(latest, toldAt);
		told = latest;
		queued = 0;
		return latest;
	}

	private void add(int jobsQueued, int jobsReserved) {
		lock.lock();
		try {
			queued += jobsQueued;
			reserved += jobsReserved;
			leaving.added(jobsQueued);
		}
		finally {
			lock.unlock();
		}
	}

	/** A part of {@link #reserved}. */
	private final class Reserved implements Reservation {

		private int left;

		Reserved(int jobs) {
			this.left = jobs;
		}

		@Override
		public void queued(int jobs) {
			int used = Math.min(jobs, left);
			add(jobs, -used);
			left -= used;
		}

		@Override
		public void close() {
			add(0, -left);
			left = 0;
		}

	}

}
