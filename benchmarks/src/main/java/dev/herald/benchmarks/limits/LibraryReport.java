package dev.herald.benchmarks.limits;

/**
 * What a {@link LibraryMain} measured.
 *
 * @param sent pushes sent, those of the warm-up among them
 * @param accepted pushes that were answered with success
 * @param trouble the first failure, or empty
 * @param measured pushes accepted while it was measured
 * @param seconds how long that was
 * @param clientMicros CPU µs of this process in that time
 * @param serverMicros CPU µs of the emulators in that time
 */
public record LibraryReport(long sent, long accepted, String trouble, long measured, double seconds,
		double clientMicros, double serverMicros) {

	/** Pushes a second. */
	public double perSecond() {
		return measured / seconds;
	}

	/** CPU µs of the library's process for a push. */
	public double clientMicrosPerPush() {
		return clientMicros / measured;
	}

	/** CPU µs of the emulators for a push. */
	public double serverMicrosPerPush() {
		return serverMicros / measured;
	}

}
