package dev.herald.base.broker;

import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.json.HeraldJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes as {@link ConfirmedPublisher} does, and joins reports: while one message to
 * {@linkplain BrokerTopology#OF_SEVERAL a queue of reports} waits for its confirm, those
 * that follow wait here, and then travel as one. So a single report loses no time, and
 * many cost the broker and its reader little. What waits here is bounded by what callers
 * have under way. Safe for use by many threads.
 */
public final class JoiningPublisher {

	/** A message is read into memory whole. */
	private static final int MOST_JOINED = 250;

	private static final int MOST_BYTES = HeraldJson.MAX_MESSAGE_BYTES / 2;

	private final ConfirmedPublisher publisher;

	private final Map<String, ReportQueue> queues = new ConcurrentHashMap<>();

	/**
	 * @param publisher takes the messages; closed by whoever made it
	 */
	public JoiningPublisher(ConfirmedPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Publishes one message.
	 * @return as {@link ConfirmedPublisher#publish}
	 */
	public CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
		return message.mayBeJoined()
				? queues.computeIfAbsent(message.routingKey(), name -> new ReportQueue()).publish(message)
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

		private boolean underWay;

		CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
			Waiting one = new Waiting(message, new CompletableFuture<>());
			synchronized (this) {
				waiting.add(one);
				if (underWay) {
					return one.confirmed;
				}
				underWay = true;
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
			publisher.publish(joined(next)).whenComplete((nothing, failure) -> {
				publishNext();
				next.forEach(one -> ConfirmedPublisher.end(one.confirmed, failure));
			});
		}

		/** What travels next; if nothing, nothing is under way any more. */
		private synchronized List<Waiting> next() {
			List<Waiting> next = new ArrayList<>();
			int bytes = 0;
			for (Waiting one = waiting.peek(); one != null && next.size() < MOST_JOINED; one = waiting.peek()) {
				bytes += one.message.body().length + 1;
				if (bytes > MOST_BYTES && !next.isEmpty()) {
					break;
				}
				next.add(waiting.remove());
			}
			underWay = !next.isEmpty();
			return next;
		}

		private static OutgoingMessage joined(List<Waiting> waiting) {
			return waiting.size() == 1 ? waiting.getFirst().message
					: OutgoingMessage.joined(waiting.stream().map(Waiting::message).toList());
		}

	}

	private record Waiting(OutgoingMessage message, CompletableFuture<@Nullable Void> confirmed) {
	}

}
