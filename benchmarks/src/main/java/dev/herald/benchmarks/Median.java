package dev.herald.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of what several rounds measured. */
public final class Median {

	private Median() {
	}

	/**
	 * The round in the middle, with everything else that it measured.
	 * @param rounds at least one; of an even number it is the greater of the two in the
	 * middle
	 * @param measure what the rounds are ordered by
	 */
	public static <T> T round(List<T> rounds, ToDoubleFunction<T> measure) {
		return rounds.stream().sorted(Comparator.comparingDouble(measure)).toList().get(rounds.size() / 2);
	}

	/**
	 * The value in the middle, or half-way between the two that are.
	 * @param values at least one
	 */
	public static double of(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
	}

}
