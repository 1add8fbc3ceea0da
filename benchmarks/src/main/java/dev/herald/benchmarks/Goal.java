package dev.herald.benchmarks;

/**
 * A target and how it was met or missed. Made by {@link Target#measured} and
 * {@link Target#missedBecause}.
 *
 * @param figure what was measured, {@link Double#NaN} if nothing was
 * @param reason why there is no figure, or empty
 */
public record Goal(Target target, double figure, boolean met, String reason) {

	/** What was reached, as a person reads it. */
	public String figureText() {
		return Double.isNaN(figure) ? reason : Cells.text(figure, target.unit());
	}

	/** {@code met} or {@code missed}. */
	public String verdict() {
		return met ? "met" : "missed";
	}

}
