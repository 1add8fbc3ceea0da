package dev.herald.api.intake;

import dev.herald.api.http.Deadline;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.OutgoingMessage;
import dev.herald.base.broker.PublishException;
import dev.herald.common.push.PushJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes jobs, and counts those that the broker has confirmed. Safe for use by many
 * threads.
 */
final class PushJobPublisher {

	static final String BROKER = "the message broker";

	/**
	 * How long requests are refused at once after one has found the broker away: without
	 * it each of them would look up devices and write to the database in vain.
	 */
	private static final Duration REFUSING = Duration.ofMillis(500);

	private final ConfirmedPublisher publisher;

	private final Executor executor;

	private final MeterRegistry meters;

	private volatile long refusedUntilNanos = System.nanoTime();

	PushJobPublisher(ConfirmedPublisher publisher, Executor executor, MeterRegistry meters) {
		this.publisher = publisher;
		this.executor = executor;
		this.meters = meters;
	}

	/**
	 * @throws dev.herald.base.problem.UnavailableException if the broker was away a
	 * moment ago
	 */
	void requireBroker() {
		if (System.nanoTime() - refusedUntilNanos < 0) {
			throw Deadline.unavailable(BROKER, null);
		}
	}

	/**
	 * Publishes jobs. Never blocks, since the publisher itself may, while it connects.
	 * @return completes when the broker has confirmed each; fails with a
	 * {@link PublishException} once each has ended, if any was not confirmed: others of
	 * them then may be on their way
	 */
	CompletableFuture<@Nullable Void> publish(List<PushJob> jobs) {
		return CompletableFuture.supplyAsync(() -> publishAll(jobs), executor).thenCompose(Function.identity());
	}

	private CompletableFuture<@Nullable Void> publishAll(List<PushJob> jobs) {
		return CompletableFuture.allOf(jobs.stream().map(this::publish).toArray(CompletableFuture[]::new))
			.thenApply(allConfirmed -> null);
	}

	private CompletableFuture<?> publish(PushJob job) {
		return publisher.publish(OutgoingMessage.job(job)).whenComplete((confirmed, failure) -> {
			if (failure == null) {
				countPublished(job);
			}
			else {
				refuseIfAway(failure);
			}
		});
	}

	private void countPublished(PushJob job) {
		meters
			.counter("herald.jobs.published", "application", job.device().applicationId().value(), "provider",
					job.device().provider().value())
			.increment();
	}

	private void refuseIfAway(Throwable failure) {
		if (failure instanceof PublishException failed) {
			switch (failed.reason()) {
				case CONNECTION_LOST, BLOCKED -> refusedUntilNanos = System.nanoTime() + REFUSING.toNanos();
				case UNROUTABLE, NACKED, SATURATED -> {
				}
			}
		}
	}

}
