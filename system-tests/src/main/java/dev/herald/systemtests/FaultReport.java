package dev.herald.systemtests;

import dev.herald.systemtests.Pace.Window;

/**
 * What a fault did.
 *
 * @param result what became of the notifications
 * @param pace when their pushes were accepted
 * @param before the time before it struck
 * @param during the time from the first blow until everything was whole again
 * @param failure why this counts for nothing, or empty
 */
public record FaultReport(Load.Result result, Pace pace, Window before, Window during, String failure) {

	/** Whether nothing was lost and all books tell the same. */
	public boolean isGood() {
		return result.lost() == 0 && result.unbalanced() == 0 && failure.isEmpty();
	}

}
