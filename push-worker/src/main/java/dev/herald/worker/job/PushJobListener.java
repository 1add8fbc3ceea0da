package dev.herald.worker.job;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.herald.base.broker.JoiningPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.device.Device;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import dev.herald.common.push.PushJob;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.push.PushOutcome.Accepted;
import dev.herald.worker.push.PushOutcome.Expired;
import dev.herald.worker.push.PushOutcome.Misconfigured;
import dev.herald.worker.push.PushOutcome.Rejected;
import dev.herald.worker.push.PushOutcome.Retryable;
import dev.herald.worker.push.PushOutcome.TokenInvalid;
import dev.herald.worker.push.PushService;
import dev.herald.worker.registration.Standing;
import dev.herald.worker.registration.Standing.Registered;
import dev.herald.worker.registration.Standing.Unsendable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the job queue of one lane, on a channel of its own.
 *
 * <p>
 * Each job is sent, what follows from the outcome is published and confirmed, and then
 * the job is acknowledged; nothing of this waits, so one thread keeps hundreds of jobs
 * under way. A job that is not acknowledged goes back to its queue when the channel
 * closes: that is how those come back that were prefetched and not begun, that the
 * provider refused along with the whole application, or whose report the broker did not
 * take.
 */
final class PushJobListener extends DefaultConsumer {

	private static final Logger log = LoggerFactory.getLogger(PushJobListener.class);

	/** How long a report that the broker did not take waits to be published again. */
	private static final Duration PUBLISH_AGAIN_AFTER = Duration.ofSeconds(1);

	private final LaneId lane;

	private final PushService service;

	private final SendGate<WaitingJob> gate;

	private final LaneMetrics metrics;

	private final RegistrationsAhead registrations;

	private final OutcomeHandler outcomes;

	private final JoiningPublisher publisher;

	private final Acknowledgements acknowledgements;

	private final Executor publishAgain;

	private final Clock clock;

	private final boolean probing;

	private final CompletableFuture<ListeningEnd> end = new CompletableFuture<>();

	/** Jobs begun and not over, and one for the listening itself. */
	private final AtomicInteger underWay = new AtomicInteger(1);

	private final CompletableFuture<@Nullable Void> quiet = new CompletableFuture<>();

	private volatile boolean listening = true;

	/** One line says as much as one for each job and second. */
	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * @param channel this listener's own; closed by {@link #finish}
	 * @param probing whether the first success is the end
	 */
	PushJobListener(Channel channel, LaneId lane, PushService service, SendGate<WaitingJob> gate, LaneMetrics metrics,
			LaneEnvironment environment, boolean probing) {
		super(channel);
		this.lane = lane;
		this.service = service;
		this.gate = gate;
		this.metrics = metrics;
		this.registrations = new RegistrationsAhead(environment.registrations(), gate);
		this.outcomes = environment.outcomes();
		this.publisher = environment.publisher();
		this.acknowledgements = new Acknowledgements(channel, environment.executor());
		this.publishAgain = CompletableFuture.delayedExecutor(PUBLISH_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS,
				environment.executor());
		this.clock = environment.clock();
		this.probing = probing;
	}

	/** Starts consuming. */
	void listen(int prefetch) throws IOException {
		getChannel().basicQos(prefetch);
		getChannel().basicConsume(lane.queue(), false, this);
	}

	/** Waits until there is no more use in listening. */
	ListeningEnd awaitEnd() throws InterruptedException {
		try {
			return end.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("the end never completes exceptionally", ex);
		}
	}

	/** Asks for the end. */
	void stop() {
		end.complete(new ListeningEnd.Told());
	}

	@Override
	public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
		acknowledgements.delivered(envelope.getDeliveryTag());
		if (!listening || !beginOne()) {
			return;
		}
		try {
			begin(envelope.getDeliveryTag(), properties, body);
		}
		catch (RuntimeException ex) {
			log.error("A job of {} could not be begun; it goes back to its queue", lane, ex);
			over();
		}
	}

	private void begin(long deliveryTag, AMQP.BasicProperties properties, byte[] body) {
		PushJob job;
		try {
			job = read(body, properties.getContentType());
		}
		catch (MalformedMessageException | IllegalArgumentException ex) {
			setAside(deliveryTag, body, String.valueOf(ex.getMessage()));
			return;
		}
		Optional<Consequence> known = outcomes.beforeAsking(job);
		if (known.isPresent()) {
			follow(deliveryTag, known.get(), false);
		}
		else {
			attempt(deliveryTag, job);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the callback sees every end, and
													// throws nothing
	private void attempt(long deliveryTag, PushJob job) {
		inTurn(job).whenComplete((turn, failure) -> {
			if (failure != null) {
				log.error("Sending notification {} failed in Herald itself", job.notificationId(), failure);
			}
			Optional<Turn> known = failure == null ? turn
					: Optional.of(tried(job, Retryable.soon("Unexpected " + failure.getClass().getSimpleName())));
			known.ifPresentOrElse(it -> follow(deliveryTag, it), this::over);
		});
		if (!listening) {
			gate.startWaiting();
		}
	}

	private Turn.Tried tried(PushJob job, PushOutcome outcome) {
		return new Turn.Tried(new Attempt(job, clock.instant()), outcome);
	}

	/**
	 * A job that has waited has its device looked up before it takes a place, lest it
	 * hold the place meanwhile, unless it will wait long for the place; then, and if what
	 * was known is old again, when it has the place.
	 */
	private CompletableFuture<Optional<Turn>> inTurn(PushJob job) {
		return whenRegistered(job, () -> registrations.onArrival(job), (addressed, seenAt) -> {
			WaitingJob waiting = new WaitingJob(addressed, seenAt);
			return gate.run(waiting, addressed.priority(), () -> listening,
					() -> listening ? sendIfRegistered(waiting) : noTurn());
		});
	}

	private CompletableFuture<Optional<Turn>> sendIfRegistered(WaitingJob waiting) {
		return whenRegistered(waiting.job(), () -> registrations.atItsTurn(waiting),
				(addressed, seenAt) -> send(addressed));
	}

	private CompletableFuture<Optional<Turn>> whenRegistered(PushJob job,
			Supplier<CompletableFuture<Standing>> standing,
			BiFunction<PushJob, Instant, CompletableFuture<Optional<Turn>>> then) {
		if (job.isExpiredAt(clock.instant())) {
			return turn(tried(job, new Expired()));
		}
		return standing.get().thenCompose(known -> switch (known) {
			case Registered(Device device, Instant asOf) -> then.apply(job.to(device), asOf);
			case Unsendable unsendable -> turn(new Turn.Unsent(job, unsendable));
		});
	}

	private static CompletableFuture<Optional<Turn>> turn(Turn turn) {
		return CompletableFuture.completedFuture(Optional.of(turn));
	}

	/** Listening ended while the job waited. */
	private static CompletableFuture<Optional<Turn>> noTurn() {
		return CompletableFuture.completedFuture(Optional.empty());
	}

	private PushJob read(byte[] body, @Nullable String contentType) {
		PushJob job = HeraldJson.readMessage(body, contentType, PushJob.class);
		if (!lane.takes(job)) {
			throw new IllegalArgumentException("a job for %s.%s was in queue %s".formatted(job.device().applicationId(),
					job.device().provider(), lane.queue()));
		}
		return job;
	}

	private void setAside(long deliveryTag, byte[] body, String reason) {
		log.error("Setting aside an unreadable message from {}: {}", lane.queue(), reason);
		metrics.countPoison();
		publish(deliveryTag, List.of(OutgoingMessage.poison(lane.queue(), body, reason)), () -> {
		});
	}

	private CompletableFuture<Optional<Turn>> send(PushJob job) {
		Attempt attempt = new Attempt(job, clock.instant());
		long started = System.nanoTime();
		return service.send(job).thenApply(outcome -> {
			long latency = System.nanoTime() - started;
			metrics.answeredAfter(latency);
			gate.learn(outcome, latency);
			return Optional.of(new Turn.Tried(attempt, outcome));
		});
	}

	private void follow(long deliveryTag, Turn turn) {
		Consequence consequence;
		try {
			consequence = switch (turn) {
				case Turn.Tried(Attempt attempt, PushOutcome outcome) -> outcomes.handle(attempt, outcome);
				case Turn.Unsent(PushJob job, Unsendable standing) -> outcomes.unsent(job, standing);
			};
		}
		catch (RuntimeException ex) {
			log.error("What follows from {} could not be said; the job goes back to its queue", turn, ex);
			over();
			return;
		}
		follow(deliveryTag, consequence, turn instanceof Turn.Tried tried && proves(tried.outcome()));
	}

	private void follow(long deliveryTag, Consequence consequence, boolean proof) {
		switch (consequence) {
			case Consequence.Over(AttemptResult result, List<OutgoingMessage> messages) -> {
				if (probing && proof) {
					end.obtrudeValue(new ListeningEnd.Proven());
				}
				publish(deliveryTag, messages, () -> metrics.count(result));
			}
			case Consequence.Pause(String reason) -> {
				end.complete(new ListeningEnd.Refused(reason));
				over();
			}
		}
	}

	/** Whether the provider has dealt with the push rather than with us. */
	private static boolean proves(PushOutcome outcome) {
		return switch (outcome) {
			case Accepted accepted -> true;
			case TokenInvalid invalid -> true;
			case Rejected rejected -> true;
			case Retryable retryable -> false;
			case Misconfigured misconfigured -> false;
			case Expired() -> false;
		};
	}

	/**
	 * Publishes until the broker has confirmed, as long as the job is ours: the outcome
	 * is known, and a job that came back would be sent once more.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the callback sees every end, and
													// throws nothing
	private void publish(long deliveryTag, List<OutgoingMessage> messages, Runnable whenConfirmed) {
		publisher.publishAll(messages).whenComplete((nothing, failure) -> {
			if (failure == null) {
				warned.set(false);
				acknowledgements.done(deliveryTag);
				whenConfirmed.run();
				over();
			}
			else if (getChannel().isOpen()) {
				logUnpublished(failure);
				publishAgain.execute(() -> publish(deliveryTag, messages, whenConfirmed));
			}
			else {
				over();
			}
		});
	}

	private void logUnpublished(Throwable failure) {
		if (warned.compareAndSet(false, true)) {
			log.warn("The broker did not take what became of jobs of {}; it is published again each second: {}", lane,
					failure.getMessage());
		}
		else {
			log.debug("What became of a job of {} is published again", lane, failure);
		}
	}

	/** Counts a job, unless the last one is over and the channel about to close. */
	private boolean beginOne() {
		return underWay.getAndUpdate(count -> count == 0 ? 0 : count + 1) != 0;
	}

	private void over() {
		if (underWay.decrementAndGet() == 0) {
			quiet.complete(null);
		}
	}

	@Override
	public void handleCancel(String tag) {
		end.complete(new ListeningEnd.Lost());
	}

	@Override
	public void handleShutdownSignal(String tag, ShutdownSignalException cause) {
		end.complete(new ListeningEnd.Lost());
	}

	/**
	 * Begins no further job, waits for those under way, and closes the channel, whereupon
	 * the broker takes back whatever is not acknowledged.
	 */
	void finish(Duration patience) {
		listening = false;
		gate.startWaiting();
		try {
			if (getChannel().isOpen()) {
				cancel();
				over();
				quiet.get(patience.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (TimeoutException ex) {
			log.warn("{} jobs of {} did not finish within {}; they go back to their queue", underWay.get(), lane,
					patience);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | IOException | AlreadyClosedException ex) {
			log.debug("The channel of {} went while it was finishing", lane, ex);
		}
		finally {
			acknowledgements.flush();
			close();
		}
	}

	private void cancel() throws IOException {
		String tag = getConsumerTag();
		if (tag != null) {
			getChannel().basicCancel(tag);
		}
	}

	private void close() {
		try {
			getChannel().abort();
		}
		catch (IOException ex) {
			log.debug("A channel that is being abandoned was broken already", ex);
		}
	}

}
