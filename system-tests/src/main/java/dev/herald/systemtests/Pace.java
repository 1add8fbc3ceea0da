package dev.herald.systemtests;

import dev.herald.common.identity.ApplicationId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/**
 * When the pushes of a load were sent and accepted. Times are those of
 * {@link System#nanoTime()}.
 */
public final class Pace {

	private final long startedNanos;

	private final long stoppedNanos;

	private final List<Notification> notifications;

	Pace(long startedNanos, long stoppedNanos, List<Notification> notifications) {
		this.startedNanos = startedNanos;
		this.stoppedNanos = stoppedNanos;
		this.notifications = notifications;
	}

	/**
	 * The longest time, while it was sent, in which no push of any application was
	 * accepted.
	 */
	public Duration longestStall() {
		long last = startedNanos;
		long longest = 0;
		for (long accepted : acceptances(notifications).sorted().toArray()) {
			long gap = Math.min(accepted, stoppedNanos) - last;
			longest = Math.max(longest, gap);
			last = Math.max(last, accepted);
		}
		return Duration.ofNanos(Math.max(longest, stoppedNanos - last));
	}

	/** How many pushes of an application were accepted in a second of a window. */
	public double acceptedPerSecond(ApplicationId application, Window window) {
		long accepted = acceptances(of(application)).filter(window::has).count();
		return accepted / window.seconds();
	}

	/**
	 * How long the pushes of the notifications sent in a window took from the request to
	 * their provider: 99 in 100 took no longer. Zero if nothing was sent.
	 */
	public Duration p99(ApplicationId application, Window window) {
		return p99(of(application).stream()
			.filter(notification -> window.has(notification.sentNanos))
			.flatMapToLong(notification -> notification.acceptedNanos.stream()
				.mapToLong(accepted -> accepted - notification.sentNanos)));
	}

	/**
	 * How long the API took to answer the notifications sent in a window, whatever their
	 * application: 99 in 100 took no longer. Zero if nothing was sent.
	 */
	public Duration p99OfAnswers(Window window) {
		return p99(notifications.stream()
			.filter(notification -> window.has(notification.sentNanos))
			.mapToLong(Notification::answeredAfterNanos));
	}

	private static Duration p99(LongStream nanos) {
		long[] sorted = nanos.sorted().toArray();
		return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[(int) Math.ceil(sorted.length * 0.99) - 1]);
	}

	private List<Notification> of(ApplicationId application) {
		return notifications.stream().filter(notification -> notification.application.equals(application)).toList();
	}

	private static LongStream acceptances(List<Notification> notifications) {
		return notifications.stream()
			.flatMapToLong(notification -> notification.acceptedNanos.stream().mapToLong(Long::longValue));
	}

	/**
	 * A notification that was taken.
	 *
	 * @param sentNanos when its request was sent
	 * @param answeredAfterNanos how long its answer took
	 * @param acceptedNanos when each device's push was accepted first
	 */
	record Notification(ApplicationId application, long sentNanos, long answeredAfterNanos,
			Collection<Long> acceptedNanos) {
	}

	/** A stretch of time. */
	public record Window(long beginNanos, long endNanos) {

		/** From a moment that has been until now. */
		public static Window since(long beginNanos) {
			return new Window(beginNanos, System.nanoTime());
		}

		boolean has(long nanos) {
			return nanos - beginNanos >= 0 && nanos - endNanos < 0;
		}

		double seconds() {
			return (endNanos - beginNanos) / 1e9;
		}

	}

}
