package dev.herald.benchmarks;

import java.util.List;

/**
 * One question, answered by measuring. Made anew for each run.
 */
public interface Benchmark {

	/** What it is run by, and what its results are called: {@code single}. */
	String name();

	/** What it answers, in one line. */
	String question();

	/**
	 * What is to be reached in it. Named before it runs, so that a benchmark that fails
	 * has missed them.
	 */
	List<Target> targets();

	/**
	 * Measures. Whatever it starts it also ends, on every way out. It checks the books
	 * before it gives figures: pushes that were lost make no rate.
	 * @throws BenchmarkFailedException if the books do not balance, or what was measured
	 * was not what was to be measured
	 * @throws Exception if it could not be run
	 */
	BenchmarkResult run(BenchmarkContext context) throws Exception;

}
