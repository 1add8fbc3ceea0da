package dev.herald.benchmarks;

/**
 * What was measured may not be told: something was lost, or was not what it should be.
 */
public final class BenchmarkFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param message what was expected and what was seen
	 */
	public BenchmarkFailedException(String message) {
		super(message);
	}

	/**
	 * Throws unless it holds.
	 * @param what what must hold
	 * @param seen what was seen instead
	 */
	public static void require(boolean holds, String what, Object seen) {
		if (!holds) {
			throw new BenchmarkFailedException("%s, but: %s".formatted(what, seen));
		}
	}

}
