package dev.herald.worker.job;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.Applications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.common.identity.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;

/**
 * The lanes of all applications: started and stopped as applications come, change and go,
 * and drained together on shutdown.
 */
final class Lanes implements SmartLifecycle {

	private final ApplicationsFile applications;

	private final LaneEnvironment environment;

	private final Map<LaneId, Lane> lanes = new HashMap<>();

	private boolean listeningForChanges;

	private volatile boolean running;

	Lanes(ApplicationsFile applications, LaneEnvironment environment) {
		this.applications = applications;
		this.environment = environment;
	}

	@Override
	public void start() {
		running = true;
		if (listeningForChanges) {
			take(applications.current());
			return;
		}
		listeningForChanges = true;
		applications.onChange(this::take);
	}

	/** A changed application gets a new lane while the old one drains. */
	private synchronized void take(Applications changed) {
		if (!running) {
			return;
		}
		lanes.values().removeIf(lane -> stoppedAsOutdated(lane, changed));
		for (Application application : changed.all()) {
			for (Provider provider : application.providers()) {
				lanes.computeIfAbsent(new LaneId(application.id(), provider), id -> started(id, application));
			}
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a lane that is gone
	private static boolean stoppedAsOutdated(Lane lane, Applications changed) {
		Application application = lane.application();
		if (changed.find(application.id()).filter(application::equals).isPresent()) {
			return false;
		}
		lane.stop();
		return true;
	}

	private Lane started(LaneId id, Application application) {
		Lane lane = new Lane(id, application, environment);
		lane.start();
		return lane;
	}

	/** What each lane is doing, by name. */
	synchronized SortedMap<String, LaneState> states() {
		SortedMap<String, LaneState> states = new TreeMap<>();
		lanes.forEach((id, lane) -> states.put(id.toString(), lane.state()));
		return states;
	}

	/** Drains all lanes at once; each bounds its own draining. */
	@Override
	public void stop() {
		CompletableFuture<?>[] draining;
		synchronized (this) {
			running = false;
			draining = lanes.values().stream().map(Lane::stop).toArray(CompletableFuture[]::new);
			lanes.clear();
		}
		CompletableFuture.allOf(draining).join();
	}

	@Override
	public boolean isRunning() {
		return running;
	}

}
