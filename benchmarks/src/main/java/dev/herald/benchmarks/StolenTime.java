package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How much of its CPU time a virtual machine did not get while it wanted it, since others
 * had it. A result from a bad hour shows it.
 *
 * @param stolen since the machine started, in ticks of all cores together
 * @param all the same of all time, idle and stolen included
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
 */
record StolenTime(long stolen, long all) {

	private static final StolenTime UNKNOWN = new StolenTime(0, 0);

	/** Behind user, nice, system, idle, iowait, irq and softirq. */
	private static final int STEAL = 7;

	/** Up to now; without {@code /proc/stat} nothing is known. */
	static StolenTime now() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
			return lines.findFirst().map(StolenTime::parse).orElse(UNKNOWN);
		}
		catch (IOException ex) {
			return UNKNOWN;
		}
	}

	/** The line of all cores; time as a guest is counted in user time already. */
	static StolenTime parse(String line) {
		long[] ticks = Stream.of(line.split(" +")).skip(1).limit(STEAL + 1).mapToLong(Long::parseLong).toArray();
		return ticks.length <= STEAL ? UNKNOWN : new StolenTime(ticks[STEAL], LongStream.of(ticks).sum());
	}

	/** The share of the time since then, for people. */
	String since(StolenTime before) {
		long passed = all - before.all;
		return passed <= 0 ? "unknown" : "%.0f %%".formatted(100.0 * (stolen - before.stolen) / passed);
	}

}
