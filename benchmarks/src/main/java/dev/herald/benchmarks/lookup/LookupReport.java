package dev.herald.benchmarks.lookup;

/**
 * What a {@link LookupMain} measured.
 *
 * @param lookups how many were answered
 * @param devices how many devices they found
 * @param seconds in which time
 * @param p50Millis from the moment each was to begin; likewise the others
 * @param clientMicros CPU µs of this process in that time
 * @param serverMicros CPU µs of the database in that time
 * @param bulk look-ups of 500 users that were answered meanwhile
 */
public record LookupReport(long lookups, long devices, double seconds, double p50Millis, double p99Millis,
		double p999Millis, double clientMicros, double serverMicros, long bulk) {

	/** Look-ups a second. */
	public double perSecond() {
		return lookups / seconds;
	}

	/** CPU µs of the client for each. */
	public double clientMicrosPerLookup() {
		return clientMicros / lookups;
	}

	/** CPU µs of the database for each. */
	public double serverMicrosPerLookup() {
		return serverMicros / lookups;
	}

}
