package dev.herald.benchmarks.scale;

/**
 * A place of the simulation where pushes wait for a server, first come first served.
 *
 * @param name for tables
 * @param units how many there are, each with a waiting line of its own
 * @param servers how many pushes a unit serves at once: its cores
 * @param serviceMicros the mean time one takes
 * @param share the share of the pushes that come by
 */
record Station(String name, int units, int servers, double serviceMicros, double share) {

	/** The rate of all pushes at which it is busy all the time. */
	double limit() {
		return units * servers * 1e6 / serviceMicros / share;
	}

	/**
	 * How busy it is at a rate of all pushes; above 1 its waiting line grows for ever.
	 */
	double utilisation(double pushesPerSecond) {
		return pushesPerSecond / limit();
	}

}
