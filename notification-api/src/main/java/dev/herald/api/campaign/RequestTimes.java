package dev.herald.api.campaign;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Tells {@link GivingWay} how long the requests took that somebody waits for: sending a
 * notification, and asking for notifications. Those of other kinds are few, or the
 * broadcast's own.
 */
final class RequestTimes implements ObservationHandler<ServerRequestObservationContext> {

	private static final Object BEGAN = new Object();

	private final GivingWay givingWay;

	private final boolean wanted;

	/**
	 * @param wanted whether broadcasts are to give way; they have no limit where nobody
	 * tells of requests
	 */
	RequestTimes(GivingWay givingWay, boolean wanted) {
		this.givingWay = givingWay;
		this.wanted = wanted;
	}

	@Override
	public void onStart(ServerRequestObservationContext request) {
		request.put(BEGAN, System.nanoTime());
	}

	@Override
	public void onStop(ServerRequestObservationContext request) {
		@Nullable String path = request.getPathPattern();
		if (path != null && path.startsWith("/notification")) {
			long took = System.nanoTime() - request.<Long>getRequired(BEGAN);
			givingWay.answered(path, Duration.ofNanos(took));
		}
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return wanted && context instanceof ServerRequestObservationContext;
	}

}
