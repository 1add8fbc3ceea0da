package dev.herald.benchmarks.load;

import dev.herald.benchmarks.Percentiles;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What became of each request of a load. Times are those of {@link System#nanoTime()}.
 * Written by one thread, and read by others only when the load is over.
 */
public final class Samples {

	private static final int FIRST_SIZE = 1 << 14;

	private int count;

	private int[] kinds = new int[FIRST_SIZE];

	private int[] statuses = new int[FIRST_SIZE];

	private int[] devices = new int[FIRST_SIZE];

	private long[] begins = new long[FIRST_SIZE];

	private long[] ends = new long[FIRST_SIZE];

	private long[] idHighs = new long[FIRST_SIZE];

	private long[] idLows = new long[FIRST_SIZE];

	/** No samples yet. */
	Samples() {
	}

	void add(int kind, int status, long begin, long end, Receipt receipt) {
		if (count == kinds.length) {
			grow();
		}
		kinds[count] = kind;
		statuses[count] = status;
		devices[count] = receipt.devices();
		begins[count] = begin;
		ends[count] = end;
		idHighs[count] = receipt.idHigh();
		idLows[count] = receipt.idLow();
		count++;
	}

	private void grow() {
		int size = 2 * count;
		kinds = Arrays.copyOf(kinds, size);
		statuses = Arrays.copyOf(statuses, size);
		devices = Arrays.copyOf(devices, size);
		begins = Arrays.copyOf(begins, size);
		ends = Arrays.copyOf(ends, size);
		idHighs = Arrays.copyOf(idHighs, size);
		idLows = Arrays.copyOf(idLows, size);
	}

	/** How many requests were answered, or failed. */
	public int count() {
		return count;
	}

	/** How many were answered with this status; 0 is no answer. */
	public int count(int status) {
		return (int) where(sample -> statuses[sample] == status).count();
	}

	/** How many were answered with neither 200 nor 202, or not at all. */
	public int refused() {
		return count - count(200) - count(202);
	}

	/** How many jobs were promised with 202. */
	public long jobs() {
		return where(this::isTaken).mapToLong(sample -> devices[sample]).sum();
	}

	/** Whether a request was answered with 202. */
	public boolean isTaken(int sample) {
		return statuses[sample] == 202;
	}

	/** Whether a request was answered with this status; 0 is no answer. */
	public boolean isAnswered(int sample, int status) {
		return statuses[sample] == status;
	}

	/** The kind that the request was given. */
	public int kind(int sample) {
		return kinds[sample];
	}

	/** When a request was due. */
	public long beginNanos(int sample) {
		return begins[sample];
	}

	/** The notification that a 202 names. */
	public UUID notification(int sample) {
		return new UUID(idHighs[sample], idLows[sample]);
	}

	/** When the first was due; only if there is one. */
	public long firstBeginNanos() {
		return IntStream.range(0, count).mapToLong(sample -> begins[sample]).min().orElseThrow();
	}

	/** How long the answers of a kind took, whatever they were. */
	public Percentiles answers(int kind) {
		return Percentiles.ofNanos(answerNanos(kind));
	}

	/** The same, to be put together with those of other loads. */
	public long[] answerNanos(int kind) {
		return where(sample -> kinds[sample] == kind).mapToLong(sample -> ends[sample] - begins[sample]).toArray();
	}

	private IntStream where(IntPredicate condition) {
		return IntStream.range(0, count).filter(condition);
	}

}
