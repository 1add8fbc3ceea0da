package dev.herald.worker.job;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.herald.base.applications.Application;
import dev.herald.worker.job.LaneState.Connecting;
import dev.herald.worker.job.LaneState.Consuming;
import dev.herald.worker.job.LaneState.Paused;
import dev.herald.worker.job.LaneState.Probing;
import dev.herald.worker.job.LaneState.Stopped;
import dev.herald.worker.push.PushService;
import dev.herald.worker.push.UnusableCredentialException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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
 * application, it closes the service, waits, reads the credential again and tries a few
 * jobs; the first that is not refused ends the pause.
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

	private final InFlightLimit limit;

	private final LaneMetrics metrics;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

	private volatile LaneState state = new Connecting();

	private volatile @Nullable PushJobListener listener;

	private int pausesInARow;

	private Instant resumedAt = Instant.MIN;

	Lane(LaneId id, Application application, LaneEnvironment environment) {
		this.id = id;
		this.application = application;
		this.environment = environment;
		this.limit = new InFlightLimit(environment.properties().maxInFlight());
		this.metrics = new LaneMetrics(environment.meters(), id, limit, () -> state);
	}

	Application application() {
		return application;
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
			metrics.close();
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
	 * Opens the service anew each time, since a credential may have been mended in place.
	 * @return why the application is refused; of no meaning if the lane was stopped
	 */
	private String listenUntilRefused() throws InterruptedException {
		try (PushService service = environment.services().open(application, id.provider())) {
			return listenUntilRefused(service);
		}
		catch (UnusableCredentialException ex) {
			return ex.reason();
		}
		catch (RuntimeException ex) {
			log.error("{} failed in Herald itself", id, ex);
			return "unexpected " + ex.getClass().getSimpleName();
		}
	}

	private String listenUntilRefused(PushService service) throws InterruptedException {
		while (!isStopped()) {
			switch (listen(service)) {
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

	private ListeningEnd listen(PushService service) throws InterruptedException {
		boolean probing = state instanceof Probing;
		try {
			PushJobListener opened = new PushJobListener(channel(), id, service, limit, metrics, environment, probing);
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

	private Channel channel() throws IOException {
		Connection connection = environment.connections().createConnection().getDelegate();
		Channel channel = Objects.requireNonNull(connection, "a connection has a delegate").createChannel();
		if (channel == null) {
			throw new IOException("the connection has no channel left");
		}
		return channel;
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
