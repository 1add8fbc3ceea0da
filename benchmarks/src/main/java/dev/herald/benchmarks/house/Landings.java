package dev.herald.benchmarks.house;

import dev.herald.common.identity.Provider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What the emulated providers accepted in a stretch of time, the providers' side of the
 * books. Times are those of {@link System#nanoTime()}, which all processes of a machine
 * share.
 */
public final class Landings {

	private final long[] numbers;

	/**
	 * @param numbers as {@link LandingLog} writes them
	 */
	Landings(long[] numbers) {
		this.numbers = numbers;
	}

	/** How many pushes were accepted, repeated ones among them. */
	public int count() {
		return numbers.length / LandingLog.NUMBERS;
	}

	/** When a push was accepted. */
	public long nanos(int landing) {
		return numbers[landing * LandingLog.NUMBERS];
	}

	/** The notification that a push names; all zero if it names none. */
	public UUID notification(int landing) {
		return new UUID(numbers[landing * LandingLog.NUMBERS + 1], numbers[landing * LandingLog.NUMBERS + 2]);
	}

	/** The number of the sample token it was sent to. */
	public long token(int landing) {
		return numbers[landing * LandingLog.NUMBERS + 3] >> 1;
	}

	/** Where it was accepted. */
	public Provider provider(int landing) {
		return (numbers[landing * LandingLog.NUMBERS + 3] & 1) == LandingLog.FCM ? Provider.FCM : Provider.APNS;
	}

	/** How many jobs, each a notification for a device, were accepted at least once. */
	public int jobs() {
		Set<Job> jobs = HashSet.newHashSet(count());
		all().forEach(landing -> jobs.add(new Job(notification(landing), token(landing), provider(landing))));
		return jobs.size();
	}

	/** When each notification was accepted first. */
	public Map<UUID, Long> firsts() {
		Map<UUID, Long> firsts = HashMap.newHashMap(count());
		all().forEach(landing -> firsts.merge(notification(landing), nanos(landing), Math::min));
		return firsts;
	}

	/** When the first was accepted; only if there is one. */
	public long firstNanos() {
		return times().min().orElseThrow();
	}

	/** When the last was accepted; only if there is one. */
	public long lastNanos() {
		return times().max().orElseThrow();
	}

	/** Pushes a second between the first and the last, 0 if there are not two. */
	public double perSecond() {
		return count() < 2 ? 0 : (count() - 1) / ((lastNanos() - firstNanos()) / 1e9);
	}

	/** How many of some were accepted from one moment until before another. */
	public long between(long fromNanos, long untilNanos, IntPredicate some) {
		return all().filter(some)
			.filter(landing -> nanos(landing) - fromNanos >= 0 && nanos(landing) - untilNanos < 0)
			.count();
	}

	private LongStream times() {
		return all().mapToLong(this::nanos);
	}

	private IntStream all() {
		return IntStream.range(0, count());
	}

	private record Job(UUID notification, long token, Provider provider) {
	}

}
