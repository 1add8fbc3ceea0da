package dev.herald.emulators.pushes;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The record of what arrived. Counts cover every push; the pushes themselves are kept in
 * a ring, the newest replacing the oldest; repeats are noticed for a bounded number of
 * (device, notification) pairs. Safe for use by any thread; recording takes no lock.
 */
public final class PushLog {

	private static final Logger logger = System.getLogger(PushLog.class.getName());

	private final PushRing ring;

	private final int trackedForRepeats;

	private final Clock clock;

	private final AtomicLong sequence = new AtomicLong();

	private final List<Consumer<? super ReceivedPush>> listeners = new CopyOnWriteArrayList<>();

	private volatile Period period;

	/**
	 * An empty log.
	 * @param recent how many pushes to keep, 1 or more
	 * @param trackedForRepeats for how many (device, notification) pairs repeats are
	 * counted; 0 counts none
	 */
	public PushLog(int recent, int trackedForRepeats, Clock clock) {
		if (recent < 1 || trackedForRepeats < 0) {
			throw new IllegalArgumentException(
					"Keeping %d pushes and tracking %d for repeats, expected 1 or more and 0 or more".formatted(recent,
							trackedForRepeats));
		}
		this.ring = new PushRing(recent);
		this.trackedForRepeats = trackedForRepeats;
		this.clock = clock;
		this.period = new Period(0, new RepeatTracker(trackedForRepeats));
	}

	/**
	 * Calls the listener for each push from now on, on the thread that serves the
	 * connection: it must not block. What it throws is logged and otherwise ignored.
	 */
	public void listen(Consumer<? super ReceivedPush> listener) {
		this.listeners.add(listener);
	}

	/** Records an arrival and the answer it gets. */
	public void record(Arrival arrival, int status, String outcome) {
		ReceivedPush push = new ReceivedPush(this.sequence.incrementAndGet(), this.clock.instant(), arrival.provider(),
				arrival.application(), arrival.token(), status, outcome, arrival.title(), arrival.body(),
				arrival.messageId(), arrival.collapseKey(), arrival.notificationId(), arrival.headers(),
				arrival.payload());
		this.ring.add(push);
		this.period.count(push);
		this.listeners.forEach((listener) -> tell(listener, push));
	}

	private void tell(Consumer<? super ReceivedPush> listener, ReceivedPush push) {
		try {
			listener.accept(push);
		}
		catch (RuntimeException ex) {
			logger.log(Level.WARNING, "A listener failed on push " + push.sequence(), ex);
		}
	}

	/**
	 * The recorded pushes a query selects, oldest first. Following them with
	 * {@link PushQuery#withAfter} misses none, as long as fewer arrive between two
	 * queries than are kept.
	 */
	public List<ReceivedPush> find(PushQuery query) {
		return this.ring.select(Math.max(query.after(), this.period.startedAfter), this.sequence.get(), query);
	}

	/** The sequence of the newest push, 0 before the first. */
	public long latestSequence() {
		return this.sequence.get();
	}

	/** The counts of every application and provider that got anything. */
	public List<PushCounts> counts() {
		return this.period.counters.entrySet()
			.stream()
			.map((entry) -> entry.getValue().snapshot(entry.getKey().provider(), entry.getKey().application()))
			.sorted(Comparator.comparing(PushCounts::application).thenComparing(PushCounts::provider))
			.toList();
	}

	/** The counts of one application at one provider, all zero if nothing arrived. */
	public PushCounts counts(Provider provider, String application) {
		PushCounter counter = this.period.counters.get(new CounterKey(provider, application));
		return (counter != null) ? counter.snapshot(provider, application)
				: new PushCounter().snapshot(provider, application);
	}

	/** Up to {@code limit} notifications that a device accepted more than once. */
	public List<RepeatedPush> repeated(int limit) {
		return this.period.repeats.repeated(limit);
	}

	/**
	 * Whether repeats went uncounted because more (device, notification) pairs were
	 * accepted than are tracked.
	 */
	public boolean repeatsIncomplete() {
		return this.trackedForRepeats > 0 && this.period.repeats.overflowed();
	}

	/** Forgets the pushes and sets all counts to zero; the sequence goes on. */
	public void clear() {
		this.period = new Period(this.sequence.get(), new RepeatTracker(this.trackedForRepeats));
	}

	private record CounterKey(Provider provider, String application) {
	}

	/** Everything that {@link #clear()} throws away, so that it can do so at once. */
	private static final class Period {

		final long startedAfter;

		final RepeatTracker repeats;

		final ConcurrentHashMap<CounterKey, PushCounter> counters = new ConcurrentHashMap<>();

		Period(long startedAfter, RepeatTracker repeats) {
			this.startedAfter = startedAfter;
			this.repeats = repeats;
		}

		void count(ReceivedPush push) {
			counter(new CounterKey(push.provider(), push.application())).count(push.outcome(), push.accepted(),
					isRepeat(push));
		}

		private PushCounter counter(CounterKey key) {
			PushCounter known = this.counters.get(key);
			return (known != null) ? known : this.counters.computeIfAbsent(key, (absent) -> new PushCounter());
		}

		private boolean isRepeat(ReceivedPush push) {
			@Nullable String id = (push.notificationId() != null) ? push.notificationId() : push.collapseKey();
			return push.accepted() && id != null
					&& this.repeats.isRepeat(push.provider(), push.application(), push.token(), id);
		}

	}

}
