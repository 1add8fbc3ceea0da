package dev.herald.benchmarks.lookup;

import java.util.Arrays;
import java.util.stream.LongStream;

/** How long the look-ups of one thread took. Not for use by several threads. */
final class Samples {

	private long[] nanos = new long[1 << 14];

	private int count;

	private long devices;

	void add(long took, int found) {
		if (count == nanos.length) {
			nanos = Arrays.copyOf(nanos, 2 * count);
		}
		nanos[count++] = took;
		devices += found;
	}

	LongStream nanos() {
		return Arrays.stream(nanos, 0, count);
	}

	long devices() {
		return devices;
	}

}
