package dev.herald.benchmarks;

/** How much is measured. */
public enum Size {

	/**
	 * A few seconds each: shows that a benchmark works, and its figures prove nothing.
	 */
	QUICK,

	/** As published. */
	FULL;

	/** One of two numbers. */
	public int of(int quick, int full) {
		return switch (this) {
			case QUICK -> quick;
			case FULL -> full;
		};
	}

}
