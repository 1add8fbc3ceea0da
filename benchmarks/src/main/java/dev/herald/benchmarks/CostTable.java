package dev.herald.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * CPU µs per push of several runs: a row for each run, a column for each process. Not for
 * use by several threads.
 */
public final class CostTable {

	private final List<String> parts;

	private final Table table;

	/**
	 * @param runs what the rows are, such as {@code campaign}
	 * @param parts the processes, as those of {@link CpuMeter.Usage#cpuMicros()}
	 */
	public CostTable(String runs, Iterable<String> parts) {
		this.parts = new ArrayList<>();
		parts.forEach(this.parts::add);
		List<String> columns = new ArrayList<>(List.of(runs));
		columns.addAll(this.parts);
		columns.add("all");
		this.table = Table.of("CPU µs per push", columns.toArray(String[]::new));
	}

	/** Adds a run, given what it used and for how many pushes. */
	public void row(String run, CpuMeter.Usage usage, double pushes) {
		List<Object> cells = new ArrayList<>(List.of(run));
		parts.forEach(part -> cells.add(usage.perPush(part, pushes)));
		cells.add(usage.totalPerPush(pushes));
		table.row(cells);
	}

	/** The table of all runs so far. */
	public Table table() {
		return table;
	}

}
