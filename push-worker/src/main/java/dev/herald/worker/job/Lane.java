package dev.herald.worker.job;

import com.rabbitmq.client.ShutdownSignalException;
import dev.herald.base.applications.Application;
import dev.herald.worker.job.LaneState.Connecting;
import dev.herald.worker.job.LaneState.Consuming;
import dev.herald.worker.job.LaneState.Paused;
import dev.herald.worker.job.LaneState.Probing;
import dev.herald.worker.job.LaneState.Stopped;
import dev.herald.worker.push.PushService;
import dev.herald.worker.push.UnusableCredentialException;
import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;

/**
 * One application with one provider: its consumer, its provider client, its limit on
 * pushes in flight. Lanes share no limit, so that what holds one up holds up no other.
 *
 * <p>
 * A lane has a thread of its own, which waits most of the time: it opens the service,
 * listens until something happens, and starts over. When the provider refuses the
 * application, it waits, reads the credential again and tries a few jobs; the first that
 * is not refused ends the pause.
 */
final class Lane {

	private static final Logger log = LoggerFactory.getLogger(Lane.class);

	/**
	 * How many jobs a probe takes: more than one, lest a single bad token at the head of
	 * the queue speak for all.
	 */
	private static final int PROBE_PREFETCH = 10;

	private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

	private final LaneId id;

	private final Application application;

	private final LaneEnvironment environment;

	private final SendGate<WaitingJob> gate;

	private final LaneMetrics metrics;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	private volatile LaneState state;

	private volatile @Nullable PushJobListener listener;

	/** Used by the lane's thread, which closes it. */
	private @Nullable PushService service;

	/** Whether the service is to be opened anew before it is used. */
	private boolean outdated;

	private int pausesInARow;

	private Instant resumedAt = Instant.MIN;

	/** A lane that opens its service by itself. */
	Lane(LaneId id, Application application, LaneEnvironment environment, LaneMetrics metrics) {
		this(id, application, environment, metrics, new Connecting(), null);
	}

	private Lane(LaneId id, Application application, LaneEnvironment environment, LaneMetrics metrics, LaneState state,
			@Nullable PushService service) {
		this.id = id;
		this.application = application;
		this.environment = environment;
		this.gate = new SendGate<>(environment.properties().maxInFlight(),
				application.limits().perMinute(id.provider()), TimeMeter.SYSTEM_NANOTIME, environment.executor());
		this.metrics = metrics;
		this.state = state;
		this.service = service;
		this.outdated = service == null;
	}

	/**
	 * The lane that takes this one's place, not started yet. After a pause it probes.
	 * @param opened with the changed credential; closed by the new lane
	 */
	Lane successor(Application changed, PushService opened) {
		LaneState begin = switch (state) {
			case Paused paused -> new Probing(paused.reason(), paused.since());
			case Probing probing -> probing;
			case Connecting connecting -> connecting;
			case Consuming consuming -> new Connecting();
			case Stopped stopped -> new Connecting();
		};
		return new Lane(id, changed, environment, metrics, begin, opened);
	}

	/** What lets its pushes through. */
	SendGate<WaitingJob> gate() {
		return gate;
	}

	LaneState state() {
		return state;
	}

	/** Starts the lane's thread. */
	void start() {
		Thread.ofVirtual().name("lane-" + id).start(this::run);
	}

	/**
	 * Begins no further job, lets those in flight finish, and closes everything.
	 * @return completes when that is done, within the drain timeout and a little more
	 */
	CompletableFuture<@Nullable Void> stop() {
		stopped.countDown();
		PushJobListener listening = listener;
		if (listening != null) {
			listening.stop();
		}
		return ended;
	}

	private boolean isStopped() {
		return stopped.getCount() == 0;
	}

	private void run() {
		try {
			while (!isStopped()) {
				work();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			state = new Stopped();
			close(service);
			ended.complete(null);
		}
	}

	private void work() throws InterruptedException {
		String refusal = listenUntilRefused();
		if (!isStopped()) {
			pause(refusal);
		}
	}

	/**
	 * Opens the service anew after each pause: connections and access tokens are then as
	 * fresh as the credential.
	 * @return why the application is refused; of no meaning if the lane was stopped
	 */
	private String listenUntilRefused() throws InterruptedException {
		try {
			return listenUntilRefused(openedService());
		}
		catch (UnusableCredentialException ex) {
			return ex.reason();
		}
		catch (RuntimeException ex) {
			log.error("{} failed in Herald itself", id, ex);
			return "unexpected " + ex.getClass().getSimpleName();
		}
		finally {
			outdated = true;
		}
	}

	/**
	 * @throws UnusableCredentialException if there is no credential that can be used, nor
	 * was one before
	 */
	private PushService openedService() {
		PushService last = service;
		if (last != null && !outdated) {
			return last;
		}
		try {
			PushService opened = environment.services().open(application, id.provider());
			close(last);
			service = opened;
			return opened;
		}
		catch (UnusableCredentialException ex) {
			if (last == null) {
				throw ex;
			}
			log.warn("{} goes on with its last good credential: {}", id, ex.reason());
			return last;
		}
	}

	private static void close(@Nullable PushService service) {
		if (service != null) {
			service.close();
		}
	}

	private String listenUntilRefused(PushService opened) throws InterruptedException {
		while (!isStopped()) {
			switch (listen(opened)) {
				case ListeningEnd.Told() -> {
				}
				case ListeningEnd.Lost() -> {
					disconnected();
					stopped.await(RECONNECT_AFTER.toMillis(), TimeUnit.MILLISECONDS);
				}
				case ListeningEnd.Proven() -> resume();
				case ListeningEnd.Refused(String reason) -> {
					return reason;
				}
			}
		}
		return "";
	}

	private ListeningEnd listen(PushService push) throws InterruptedException {
		boolean probing = state instanceof Probing;
		try {
			PushJobListener opened = new PushJobListener(environment.channel(), id, push, gate, metrics, environment,
					probing);
			listener = opened;
			try {
				opened.listen(probing ? PROBE_PREFETCH : environment.properties().prefetch());
				state = probing ? state : new Consuming();
				if (isStopped()) {
					opened.stop();
				}
				return opened.awaitEnd();
			}
			finally {
				listener = null;
				opened.finish(environment.properties().drainTimeout());
			}
		}
		catch (AmqpException | IOException | ShutdownSignalException ex) {
			log.debug("Queue {} cannot be listened to yet", id.queue(), ex);
			return new ListeningEnd.Lost();
		}
	}

	private void pause(String reason) throws InterruptedException {
		Instant now = environment.clock().instant();
		Instant since = state instanceof Probing probing ? probing.since() : now;
		pausesInARow = resumedAt.plus(environment.properties().pause().longest()).isAfter(now) ? pausesInARow + 1 : 1;
		Duration interval = environment.properties().pause().interval(pausesInARow);
		state = new Paused(reason, since, now.plus(interval));
		log.warn("{} is paused, its jobs wait in their queue and are tried again in {}: {}", id, interval, reason);
		stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS);
		state = new Probing(reason, since);
	}

	private void disconnected() {
		if (state instanceof Consuming) {
			log.info("{} lost its channel to the broker, and connects again", id);
			state = new Connecting();
		}
	}

	private void resume() {
		log.info("{} is taken by its provider again", id);
		resumedAt = environment.clock().instant();
		state = new Connecting();
	}

}
