package dev.herald.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.base.broker.OutgoingMessage;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.broker.RetryDelay;
import dev.herald.common.identity.RegistrationId;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.DeadLetter;
import dev.herald.common.push.DeliveryReport;
import dev.herald.common.push.PushJob;
import dev.herald.worker.push.MutableClock;
import dev.herald.worker.push.PushOutcome;
import dev.herald.worker.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One lane between virtual queues and a virtual provider, by a clock that jumps from
 * event to event. What decides is what decides in production: {@link SendGate},
 * {@link OutcomeHandler}, {@link RetryPolicy}; messages travel as their JSON.
 */
final class OutageSimulation {

	private final MutableClock clock = new MutableClock();

	private final Instant start = clock.instant();

	private final ManualTime time = new ManualTime();

	private final Random random = new Random(3);

	private final OutcomeHandler outcomes = new OutcomeHandler(RetryPolicy.DEFAULT, clock, random);

	private final SendGate<PushJob> gate = new SendGate<>(500, 600_000, time, never -> {
	});

	private final PriorityQueue<Arrival> delayed = new PriorityQueue<>();

	private final Function<Instant, PushOutcome> provider;

	final List<DeliveryReport> reports = new ArrayList<>();

	final List<DeadLetter> deadLetters = new ArrayList<>();

	final Map<RegistrationId, Instant> firstTries = new HashMap<>();

	/** How often the provider was asked in each minute from the start. */
	final Map<Long, Integer> callsByMinute = new HashMap<>();

	final Map<RegistrationId, Integer> calls = new HashMap<>();

	/**
	 * @param provider how it ends a push at a moment
	 */
	OutageSimulation(Function<Instant, PushOutcome> provider) {
		this.provider = provider;
	}

	Instant start() {
		return start;
	}

	/** Has the job arrive in its queue. */
	void send(PushJob job, Instant at) {
		delayed.add(new Arrival(at, HeraldJson.write(job)));
	}

	/** Goes on until nothing is left to do. */
	void run() {
		while (!delayed.isEmpty() || gateHolds()) {
			Instant next = delayed.isEmpty() ? Instant.MAX : delayed.element().at;
			// What waits for the rate is looked at every tenth of a second.
			Instant tick = clock.instant().plusMillis(100);
			advanceTo(gateHolds() && tick.isBefore(next) ? tick : next);
			while (!delayed.isEmpty() && !delayed.element().at.isAfter(clock.instant())) {
				take(HeraldJson.read(delayed.remove().body, PushJob.class));
			}
			gate.startWaiting();
		}
	}

	private int waiting;

	private boolean gateHolds() {
		return waiting > 0;
	}

	private void advanceTo(Instant moment) {
		Duration step = Duration.between(clock.instant(), moment);
		clock.advance(step);
		time.advance(step);
	}

	/** As the listener does. */
	@SuppressWarnings("FutureReturnValueIgnored") // the provider answers at once
	private void take(PushJob job) {
		Optional<Consequence> known = outcomes.beforeAsking(job);
		if (known.isPresent()) {
			follow(known.get());
			return;
		}
		waiting++;
		gate.run(job, job.priority(), () -> true, () -> {
			waiting--;
			follow(ask(job));
			return CompletableFuture.completedFuture(job);
		});
	}

	private Consequence ask(PushJob job) {
		Instant now = clock.instant();
		if (job.isExpiredAt(now)) {
			return outcomes.handle(new Attempt(job, now), new PushOutcome.Expired());
		}
		RegistrationId id = job.device().registrationId();
		firstTries.putIfAbsent(id, now);
		calls.merge(id, 1, Integer::sum);
		callsByMinute.merge(Duration.between(start, now).toMinutes(), 1, Integer::sum);
		assertThat(job.attempt()).as("attempts are calls").isEqualTo(calls.get(id));
		PushOutcome outcome = provider.apply(now);
		gate.learn(outcome, 50_000_000);
		return outcomes.handle(new Attempt(job, now), outcome);
	}

	private void follow(Consequence consequence) {
		assertThat(consequence).isInstanceOf(Consequence.Over.class);
		((Consequence.Over) consequence).messages().forEach(this::publish);
	}

	private void publish(OutgoingMessage message) {
		if (message.exchange().startsWith("push.retry.")) {
			RetryDelay delay = Arrays.stream(RetryDelay.values())
				.filter(it -> it.exchange().equals(message.exchange()))
				.findFirst()
				.orElseThrow();
			delayed.add(new Arrival(clock.instant().plus(delay.duration()), message.body()));
			return;
		}
		switch (message.routingKey()) {
			case BrokerTopology.DELIVERY_REPORTS ->
				reports.addAll(HeraldJson.readMessages(message.body(), null, DeliveryReport.class));
			case BrokerTopology.DEAD_LETTERS -> deadLetters.add(HeraldJson.read(message.body(), DeadLetter.class));
			default -> throw new AssertionError("nothing else is published, but there was " + message);
		}
	}

	@SuppressWarnings("ArrayRecordComponent") // never compared
	private record Arrival(Instant at, byte[] body) implements Comparable<Arrival> {

		@Override
		public int compareTo(Arrival other) {
			return at.compareTo(other.at);
		}

	}

}
