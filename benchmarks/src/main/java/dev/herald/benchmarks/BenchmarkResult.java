package dev.herald.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark measured.
 *
 * @param tables what is shown, in order
 * @param charts what is drawn, in order
 * @param goals one for each target of the benchmark
 * @param figures by name, for whoever reckons with them; see
 * {@link dev.herald.benchmarks.scale}
 * @param versions of what it ran against: broker and database, say
 * @param notes what a reader must know to read the figures
 */
public record BenchmarkResult(List<Table> tables, List<Chart> charts, List<Goal> goals, Map<String, Double> figures,
		Map<String, String> versions, List<String> notes) {

	public BenchmarkResult {
		tables = List.copyOf(tables);
		charts = List.copyOf(charts);
		goals = List.copyOf(goals);
		figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
		versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
		notes = List.copyOf(notes);
	}

	/** The result of a benchmark that failed: every target is missed, and why. */
	static BenchmarkResult failed(List<Target> targets, String reason) {
		return new BenchmarkResult(List.of(), List.of(),
				targets.stream().map(target -> target.missedBecause(reason)).toList(), Map.of(), Map.of(),
				List.of("failed: " + reason));
	}

	/** Collects a result. */
	public static Builder builder() {
		return new Builder();
	}

	/** Collects a result; each method gives it back. Not for use by several threads. */
	public static final class Builder {

		private final List<Table> tables = new ArrayList<>();

		private final List<Chart> charts = new ArrayList<>();

		private final List<Goal> goals = new ArrayList<>();

		private final Map<String, Double> figures = new LinkedHashMap<>();

		private final Map<String, String> versions = new LinkedHashMap<>();

		private final List<String> notes = new ArrayList<>();

		private Builder() {
		}

		/** Adds a table. */
		public Builder table(Table table) {
			tables.add(table);
			return this;
		}

		/** Adds a chart. */
		public Builder chart(Chart chart) {
			charts.add(chart);
			return this;
		}

		/** Adds a goal. */
		public Builder goal(Goal goal) {
			goals.add(goal);
			return this;
		}

		/** Adds a figure for goals that need those of several benchmarks. */
		public Builder figure(String name, double value) {
			figures.put(name, value);
			return this;
		}

		/** Adds the version of something that was measured against. */
		public Builder version(String name, String version) {
			versions.put(name, version);
			return this;
		}

		/** Adds a note. */
		public Builder note(String note) {
			notes.add(note);
			return this;
		}

		/** What was collected. */
		public BenchmarkResult build() {
			return new BenchmarkResult(tables, charts, goals, figures, versions, notes);
		}

	}

}
