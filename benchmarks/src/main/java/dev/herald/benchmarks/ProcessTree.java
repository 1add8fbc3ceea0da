package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processes of this machine as {@code /proc} tells them.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class ProcessTree {

	private static final Path PROC = Path.of("/proc");

	/** {@code USER_HZ}, which the kernel's interface fixes on every machine of today. */
	private static final long MICROS_PER_TICK = 10_000;

	private final Path proc;

	ProcessTree() {
		this(PROC);
	}

	ProcessTree(Path proc) {
		this.proc = proc;
	}

	/**
	 * What a process, its descendants, and those of them that have ended used since they
	 * began. Nothing if the process is not to be seen, as inside another machine.
	 */
	List<Stat> of(long root) {
		Map<Long, List<Stat>> children = new HashMap<>();
		Stat first = null;
		for (Stat stat : all()) {
			children.computeIfAbsent(stat.parent, absent -> new ArrayList<>()).add(stat);
			first = stat.pid == root ? stat : first;
		}
		List<Stat> tree = new ArrayList<>();
		Deque<Stat> open = new ArrayDeque<>();
		if (first != null) {
			open.add(first);
		}
		while (!open.isEmpty()) {
			Stat stat = open.remove();
			tree.add(stat);
			open.addAll(children.getOrDefault(stat.pid, List.of()));
		}
		return tree;
	}

	private List<Stat> all() {
		try (Stream<Path> entries = Files.list(proc)) {
			return entries.filter(entry -> entry.getFileName().toString().matches("\\d+"))
				.flatMap(ProcessTree::read)
				.toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private static Stream<Stat> read(Path entry) {
		try {
			String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
			return Stream.of(Stat.parse(stat, residentKilobytes(entry)));
		}
		catch (IOException ex) {
			// It has ended since it was listed.
			return Stream.empty();
		}
	}

	private static long residentKilobytes(Path entry) throws IOException {
		return Files.readString(entry.resolve("status"), StandardCharsets.ISO_8859_1)
			.lines()
			.filter(line -> line.startsWith("VmRSS:"))
			.mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
			.findFirst()
			.orElse(0);
	}

	/**
	 * One process.
	 *
	 * @param cpuMicros in user and kernel mode, by itself and by its children that have
	 * ended
	 */
	record Stat(long pid, long parent, long cpuMicros, long residentKilobytes) {

		/** The name, the second field, may have spaces and parentheses in it. */
		static Stat parse(String stat, long residentKilobytes) {
			int afterName = stat.lastIndexOf(')') + 2;
			String[] fields = stat.substring(afterName).trim().split(" ", -1);
			long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
			long ticks = 0;
			for (int utime = 11; utime <= 14; utime++) {
				ticks += Long.parseLong(fields[utime]);
			}
			return new Stat(pid, Long.parseLong(fields[1]), ticks * MICROS_PER_TICK, residentKilobytes);
		}

	}

}
