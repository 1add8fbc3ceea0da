package dev.herald.base.broker;

import dev.herald.base.time.Rest;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.json.HeraldJson;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes as {@link ConfirmedPublisher} does, and joins reports: while one message to
 * {@linkplain BrokerTopology#OF_SEVERAL a queue of reports} waits for its confirm, and
 * during the {@link Rest} after it, those that follow wait here, and then travel as one.
 * So a single report loses no time, and many cost the broker and its reader little. What
 * waits here is bounded by what callers have under way. Safe for use by many threads.
 */
public final class JoiningPublisher {

	/** A message is read into memory whole. */
	private static final int MOST_JOINED = 250;

	/**
	 * So many do not gather for longer: what waits here are jobs of the prefetch, and
	 * with too many of them the provider's connections run dry.
	 */
	private static final int ENOUGH = 100;

	private static final int MOST_BYTES = HeraldJson.MAX_MESSAGE_BYTES / 2;

	/**
	 * How long reports of pushes gather, unless there are enough before: only
	 * acknowledgements wait for them. A killed worker repeats the pushes.
	 */
	private static final Duration PUSHES_GATHER = Duration.ofMillis(50);

	private final ConfirmedPublisher publisher;

	private final LongSupplier nanoTime;

	private final Map<String, ReportQueue> queues = new ConcurrentHashMap<>();

	/**
	 * @param publisher takes the messages; closed by whoever made it
	 */
	public JoiningPublisher(ConfirmedPublisher publisher) {
		this(publisher, System::nanoTime);
	}

	JoiningPublisher(ConfirmedPublisher publisher, LongSupplier nanoTime) {
		this.publisher = publisher;
		this.nanoTime = nanoTime;
	}

	/**
	 * Publishes one message.
	 * @return as {@link ConfirmedPublisher#publish}
	 */
	public CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
		return message.mayBeJoined() ? queues.computeIfAbsent(message.routingKey(), ReportQueue::new).publish(message)
				: publisher.publish(message);
	}

	/**
	 * Publishes several messages.
	 * @return as {@link ConfirmedPublisher#publishAll}
	 */
	public CompletableFuture<@Nullable Void> publishAll(List<OutgoingMessage> messages) {
		return messages.size() == 1 ? publish(messages.getFirst())
				: ConfirmedPublisher.all(messages.stream().map(this::publish).toList());
	}

	/** The reports to one queue. */
	private final class ReportQueue {

		private final Queue<Waiting> waiting = new ArrayDeque<>();

		private final Rest rest;

		private boolean underWay;

		private boolean resting;

		ReportQueue(String name) {
			// No further pairs are taken before the reports of the last are confirmed.
			Duration shortest = name.equals(BrokerTopology.CAMPAIGN_PAIRS) ? Duration.ZERO : PUSHES_GATHER;
			this.rest = new Rest(nanoTime, 1, shortest);
		}

		CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
			Waiting one = new Waiting(message, new CompletableFuture<>());
			synchronized (this) {
				waiting.add(one);
			}
			publishNext();
			return one.confirmed;
		}

		@SuppressWarnings("FutureReturnValueIgnored") // the callback passes every end on
		private void publishNext() {
			List<Waiting> next = next();
			if (next.isEmpty()) {
				return;
			}
			long begun = rest.begin();
			publisher.publish(joined(next)).whenComplete((nothing, failure) -> {
				confirmed(begun);
				publishNext();
				next.forEach(one -> ConfirmedPublisher.end(one.confirmed, failure));
			});
		}

		private synchronized void confirmed(long begun) {
			underWay = false;
			rest.end(begun);
		}

		private synchronized void rested() {
			resting = false;
		}

		/** What travels now; nothing while a message is under way, or during a rest. */
		private synchronized List<Waiting> next() {
			if (underWay || waiting.isEmpty()) {
				return List.of();
			}
			long left = rest.leftNanos();
			if (left > 0 && waiting.size() < ENOUGH) {
				publishAfter(left);
				return List.of();
			}
			underWay = true;
			return first();
		}

		private void publishAfter(long nanos) {
			if (!resting) {
				resting = true;
				CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Thread::startVirtualThread)
					.execute(() -> {
						rested();
						publishNext();
					});
			}
		}

		private List<Waiting> first() {
			List<Waiting> first = new ArrayList<>();
			int bytes = 0;
			for (Waiting one = waiting.peek(); one != null && first.size() < MOST_JOINED; one = waiting.peek()) {
				bytes += one.message.body().length + 1;
				if (bytes > MOST_BYTES && !first.isEmpty()) {
					break;
				}
				first.add(waiting.remove());
			}
			return first;
		}

		private static OutgoingMessage joined(List<Waiting> waiting) {
			return waiting.size() == 1 ? waiting.getFirst().message
					: OutgoingMessage.joined(waiting.stream().map(Waiting::message).toList());
		}

	}

	private record Waiting(OutgoingMessage message, CompletableFuture<@Nullable Void> confirmed) {
	}

}
