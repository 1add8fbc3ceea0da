package dev.herald.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The goals that compare what several benchmarks measured in one run: what a push costs
 * the push worker, and what it costs the provider's library alone.
 */
public final class CombinedGoals {

	/**
	 * Set by {@code limits}: CPU µs per push of pushy alone, on a JVM like the push
	 * worker's.
	 */
	public static final String PUSHY_ALONE = "pushy alone, CPU µs per push";

	/**
	 * Set by {@code limits}: CPU µs per push of firebase-admin over the best transport,
	 * on a JVM like the push worker's.
	 */
	public static final String FIREBASE_ALONE = "firebase-admin alone, best transport, CPU µs per push";

	/** Set by {@code backlog}: CPU µs per push of the push worker, APNs only. */
	public static final String WORKER_APNS = "push-worker, APNs, CPU µs per push";

	/** Set by {@code backlog}: CPU µs per push of the push worker, FCM only. */
	public static final String WORKER_FCM = "push-worker, FCM, CPU µs per push";

	private static final List<Ratio> RATIOS = List.of(
			new Ratio(Target.atMost("push-worker's CPU per push, times that of pushy alone", 3, ""), WORKER_APNS,
					PUSHY_ALONE),
			new Ratio(Target.atMost("push-worker's CPU per push, times that of firebase-admin alone (best transport)",
					1.4, ""), WORKER_FCM, FIREBASE_ALONE));

	private CombinedGoals() {
	}

	/** The goals, given all figures of a run. */
	static List<Goal> of(Map<String, Double> figures) {
		List<Goal> goals = new ArrayList<>();
		for (Ratio ratio : RATIOS) {
			Double ours = figures.get(ratio.ours);
			Double theirs = figures.get(ratio.theirs);
			goals.add(ours == null || theirs == null
					? ratio.target.missedBecause("no \"%s\"".formatted(ours == null ? ratio.ours : ratio.theirs))
					: ratio.target.measured(ours / theirs));
		}
		return goals;
	}

	private record Ratio(Target target, String ours, String theirs) {
	}

}
