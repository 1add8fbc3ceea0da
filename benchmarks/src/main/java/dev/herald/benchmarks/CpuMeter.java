package dev.herald.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * CPU time and memory of the parts of a benchmark, each a process with all that it
 * started: a container's first process stands for the container. Parts of one name are
 * added up. Parts whose processes cannot be seen from here, as on a Docker engine in a
 * virtual machine, have {@link Double#NaN}. Not for use by several threads.
 */
public final class CpuMeter {

	private final Map<String, List<Long>> roots = new LinkedHashMap<>();

	private final ProcessTree processes;

	/** A meter without parts. */
	public CpuMeter() {
		this(new ProcessTree());
	}

	CpuMeter(ProcessTree processes) {
		this.processes = processes;
	}

	/** Adds a part, or a further process of one, and gives the meter back. */
	public CpuMeter part(String name, long pid) {
		roots.merge(name, List.of(pid), CpuMeter::both);
		return this;
	}

	/** Likewise; a process that is nowhere to be found makes the part unknown. */
	public CpuMeter part(String name, OptionalLong pid) {
		return part(name, pid.orElse(-1));
	}

	/** Adds this process, which in most benchmarks makes the load. */
	public CpuMeter self(String name) {
		return part(name, ProcessHandle.current().pid());
	}

	private static List<Long> both(List<Long> some, List<Long> more) {
		return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
	}

	/** What every part has used up to now. */
	public Reading read() {
		Map<String, Double> cpu = new LinkedHashMap<>();
		Map<String, Double> memory = new LinkedHashMap<>();
		roots.forEach((name, pids) -> {
			double micros = 0;
			double kilobytes = 0;
			for (long pid : pids) {
				List<ProcessTree.Stat> tree = isSelf(pid) ? self(pid) : processes.of(pid);
				micros += tree.isEmpty() ? Double.NaN : tree.stream().mapToLong(ProcessTree.Stat::cpuMicros).sum();
				kilobytes += tree.stream().mapToLong(ProcessTree.Stat::residentKilobytes).sum();
			}
			cpu.put(name, micros);
			memory.put(name, Double.isNaN(micros) ? Double.NaN : kilobytes / 1024);
		});
		return new Reading(System.nanoTime(), cpu, memory);
	}

	/** The services are children of this process and parts of their own. */
	private List<ProcessTree.Stat> self(long pid) {
		return processes.of(pid).stream().filter(stat -> stat.pid() == pid).toList();
	}

	private static boolean isSelf(long pid) {
		return pid == ProcessHandle.current().pid();
	}

	/**
	 * What parts had used at a moment.
	 *
	 * @param nanos the moment, by {@link System#nanoTime()}
	 * @param cpuMicros by part
	 * @param residentMegabytes by part
	 */
	public record Reading(long nanos, Map<String, Double> cpuMicros, Map<String, Double> residentMegabytes) {

		/** What was used between an earlier moment and this one. */
		public Usage since(Reading earlier) {
			Map<String, Double> used = new LinkedHashMap<>();
			cpuMicros
				.forEach((name, micros) -> used.put(name, micros - earlier.cpuMicros.getOrDefault(name, Double.NaN)));
			return new Usage((nanos - earlier.nanos) / 1e9, used, residentMegabytes);
		}

	}

	/**
	 * What parts used in a stretch of time.
	 *
	 * @param seconds how long it was
	 * @param cpuMicros by part
	 * @param residentMegabytes by part, at its end
	 */
	public record Usage(double seconds, Map<String, Double> cpuMicros, Map<String, Double> residentMegabytes) {

		/** CPU µs of a part for each push. */
		public double perPush(String part, double pushes) {
			return cpuMicros.getOrDefault(part, Double.NaN) / pushes;
		}

		/** How many cores a part kept busy. */
		public double cores(String part) {
			return cpuMicros.getOrDefault(part, Double.NaN) / 1e6 / seconds;
		}

		/** How many cores all known parts together kept busy. */
		public double cores() {
			return totalPerPush(1) / 1e6 / seconds;
		}

		/** CPU µs of all known parts together for each push. */
		public double totalPerPush(double pushes) {
			return cpuMicros.values().stream().filter(micros -> !micros.isNaN()).mapToDouble(Double::doubleValue).sum()
					/ pushes;
		}

		/**
		 * A row for each part: CPU µs per push, cores kept busy, MB of memory; and the
		 * sum.
		 */
		public Table table(String title, double pushes) {
			Table table = Table.of(title, "process", "CPU µs per push", "cores busy", "memory MB");
			cpuMicros.keySet()
				.forEach(part -> table.row(part, perPush(part, pushes), cores(part),
						residentMegabytes.getOrDefault(part, Double.NaN)));
			double memory = residentMegabytes.values()
				.stream()
				.filter(it -> !it.isNaN())
				.mapToDouble(Double::doubleValue)
				.sum();
			return table.row("all", totalPerPush(pushes), cores(), memory);
		}

		/** A bar for each part: CPU µs per push. */
		public Chart chart(String title, double pushes) {
			Chart chart = Chart.of(title, "CPU µs per push");
			cpuMicros.keySet().forEach(part -> chart.bar(part, perPush(part, pushes)));
			return chart;
		}

	}

}
