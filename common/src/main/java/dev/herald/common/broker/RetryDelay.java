package dev.herald.common.broker;

import java.time.Duration;

/**
 * The delays a job can be set aside for. Each is one queue with a fixed time to live,
 * whatever the number of applications: RabbitMQ expires messages only at a queue's head,
 * so mixed delays in one queue would wait for each other.
 */
public enum RetryDelay {

	ONE_SECOND("1s", Duration.ofSeconds(1)),

	FIVE_SECONDS("5s", Duration.ofSeconds(5)),

	FIFTEEN_SECONDS("15s", Duration.ofSeconds(15)),

	ONE_MINUTE("1m", Duration.ofMinutes(1)),

	FIVE_MINUTES("5m", Duration.ofMinutes(5)),

	FIFTEEN_MINUTES("15m", Duration.ofMinutes(15));

	private final String label;

	private final Duration duration;

	RetryDelay(String label, Duration duration) {
		this.label = label;
		this.duration = duration;
	}

	/** How long a job waits. */
	public Duration duration() {
		return duration;
	}

	/** The shortest delay that is at least as long as wanted, or the longest there is. */
	public static RetryDelay atLeast(Duration wanted) {
		for (RetryDelay delay : values()) {
			if (delay.duration.compareTo(wanted) >= 0) {
				return delay;
			}
		}
		return FIFTEEN_MINUTES;
	}

	/**
	 * How long a job waits that passes through as many delays as are needed to wait for
	 * at least as long as wanted: the longest one again and again, and one for the rest.
	 */
	public static Duration rounded(Duration wanted) {
		Duration longest = FIFTEEN_MINUTES.duration;
		if (wanted.compareTo(longest) <= 0) {
			return atLeast(wanted).duration;
		}
		long times = wanted.minusNanos(1).dividedBy(longest);
		Duration before = longest.multipliedBy(times);
		return before.plus(atLeast(wanted.minus(before)).duration);
	}

	/**
	 * The exchange that a job is published to, with its own routing key, in order to
	 * wait.
	 */
	public String exchange() {
		return "push.retry." + label;
	}

}
