package dev.herald.worker.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells what each lane is doing, and why one is paused. A pause takes no worker out of
 * service: the other lanes go on, and a restart would mend nothing.
 */
final class LanesHealth implements HealthIndicator {

	private final Lanes lanes;

	LanesHealth(Lanes lanes) {
		this.lanes = lanes;
	}

	@Override
	public Health health() {
		Map<String, Object> details = new LinkedHashMap<>();
		lanes.states().forEach((name, state) -> details.put(name, describe(state)));
		// The last good ones are in use, as with the applications file.
		lanes.problems().forEach((name, problem) -> details.put(name + ".credential_problem", problem));
		return Health.up().withDetails(details).build();
	}

	private static Object describe(LaneState state) {
		return switch (state) {
			case LaneState.Connecting() -> "connecting";
			case LaneState.Consuming() -> "consuming";
			case LaneState.Stopped() -> "stopped";
			case LaneState.Paused paused -> Map.of("state", "paused", "reason", paused.reason(), "since",
					paused.since(), "next_probe_at", paused.nextProbeAt());
			case LaneState.Probing probing ->
				Map.of("state", "probing", "reason", probing.reason(), "since", probing.since());
		};
	}

}
