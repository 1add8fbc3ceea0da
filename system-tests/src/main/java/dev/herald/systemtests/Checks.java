package dev.herald.systemtests;

/** What a command must show to be good, printed as it is seen. Used by one thread. */
final class Checks {

	private boolean good = true;

	/**
	 * Prints whether something holds.
	 * @param seen printed where it does not
	 */
	void check(String what, boolean holds, Object seen) {
		good &= holds;
		System.out.printf("%-70s %s%n", what, holds ? "yes" : "NO: " + seen);
	}

	/** Prints the verdict on all of them and gives the exit code. */
	int verdict() {
		System.out.println(good ? "the books balance" : "NOT GOOD, see above");
		return good ? Command.SHOWN : Command.REFUTED;
	}

}
