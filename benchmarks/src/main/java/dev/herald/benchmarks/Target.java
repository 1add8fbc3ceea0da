package dev.herald.benchmarks;

/**
 * Something to reach, and the bound that decides.
 *
 * @param text what it is about, without the bound: "one device each, a second"
 * @param sense whether more or less is better
 * @param bound what is to be reached
 * @param unit of the bound and the figure, such as {@code ms}, or empty for a ratio
 */
public record Target(String text, Sense sense, double bound, String unit) {

	/** At least so much is to be reached. */
	public static Target atLeast(String text, double bound, String unit) {
		return new Target(text, Sense.AT_LEAST, bound, unit);
	}

	/** At most so much may be needed. */
	public static Target atMost(String text, double bound, String unit) {
		return new Target(text, Sense.AT_MOST, bound, unit);
	}

	/** The goal with what was measured; a figure that is no number is a miss. */
	public Goal measured(double figure) {
		boolean met = switch (sense) {
			case AT_LEAST -> figure >= bound;
			case AT_MOST -> figure <= bound;
		};
		return new Goal(this, figure, met, Double.isNaN(figure) ? "not measured" : "");
	}

	/** The goal when nothing was measured: missed, and why. */
	public Goal missedBecause(String reason) {
		return new Goal(this, Double.NaN, false, reason);
	}

	/** The bound as a person reads it: "at least 4,000 /s". */
	public String boundText() {
		return (sense == Sense.AT_LEAST ? "at least " : "at most ") + Cells.text(bound, unit);
	}

	/** Which side of the bound is good. */
	public enum Sense {

		/** More is better. */
		AT_LEAST,

		/** Less is better. */
		AT_MOST

	}

}
