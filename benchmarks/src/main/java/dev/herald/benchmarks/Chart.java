package dev.herald.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Bars of one unit, drawn to one scale from zero. Not for use by several threads.
 */
public final class Chart {

	private final String title;

	private final String unit;

	private final List<Bar> bars = new ArrayList<>();

	private Chart(String title, String unit) {
		this.title = title;
		this.unit = unit;
	}

	/** A chart without bars. */
	public static Chart of(String title, String unit) {
		return new Chart(title, unit);
	}

	/** Adds a bar and gives the chart back. */
	public Chart bar(String label, double value) {
		bars.add(new Bar(label, value));
		return this;
	}

	/** What it shows. */
	public String title() {
		return title;
	}

	/** The unit of every bar. */
	public String unit() {
		return unit;
	}

	/** The bars so far. */
	public List<Bar> bars() {
		return List.copyOf(bars);
	}

	/**
	 * One bar.
	 *
	 * @param value its length, zero or more; {@link Double#NaN} if it is not known
	 */
	public record Bar(String label, double value) {
	}

}
