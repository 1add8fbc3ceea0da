package dev.herald.worker.job;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.Applications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.common.identity.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The lanes of all applications: started and stopped as applications come, change and go,
 * replaced as their credential files change, and drained together on shutdown.
 */
final class Lanes implements SmartLifecycle {

	/**
	 * How often the credential files are looked at: as often as the applications file.
	 */
	private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);

	private final ApplicationsFile applications;

	private final LaneEnvironment environment;

	private final Map<LaneId, LaneSlot> slots = new HashMap<>();

	private boolean listeningForChanges;

	private volatile @Nullable Repetition looking;

	Lanes(ApplicationsFile applications, LaneEnvironment environment) {
		this.applications = applications;
		this.environment = environment;
	}

	@Override
	public void start() {
		looking = Repetition.start("credential-watch", LOOK_INTERVAL, this::lookAtCredentials);
		if (listeningForChanges) {
			take(applications.current());
			return;
		}
		listeningForChanges = true;
		applications.onChange(this::take);
	}

	private synchronized void take(Applications changed) {
		if (!isRunning()) {
			return;
		}
		slots.entrySet().removeIf(slot -> stoppedAsGone(slot.getKey(), slot.getValue(), changed));
		for (Application application : changed.all()) {
			for (Provider provider : application.providers()) {
				follow(new LaneId(application.id(), provider), application);
			}
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a lane that is gone
	private static boolean stoppedAsGone(LaneId id, LaneSlot slot, Applications changed) {
		if (changed.find(id.application()).filter(it -> it.providers().contains(id.provider())).isPresent()) {
			return false;
		}
		// At once: the lane may come back before it is drained.
		slot.forget();
		slot.stop();
		return true;
	}

	private void follow(LaneId id, Application application) {
		LaneSlot slot = slots.get(id);
		if (slot == null) {
			slots.put(id, new LaneSlot(id, application, environment));
		}
		else {
			slot.follow(application);
		}
	}

	private synchronized void lookAtCredentials() {
		slots.values().forEach(LaneSlot::look);
	}

	/** Which lanes there are. */
	synchronized Set<LaneId> ids() {
		return Set.copyOf(slots.keySet());
	}

	/** The quota of a lane is shared by so many workers. */
	synchronized void sharedBy(LaneId id, int consumers) {
		LaneSlot slot = slots.get(id);
		if (slot != null) {
			slot.lane().gate().sharedBy(consumers);
		}
	}

	/** What each lane is doing, by name. */
	synchronized SortedMap<String, LaneState> states() {
		SortedMap<String, LaneState> states = new TreeMap<>();
		slots.forEach((id, slot) -> states.put(id.toString(), slot.lane().state()));
		return states;
	}

	/** Why a lane does not use its latest credential, by the lane's name. */
	synchronized SortedMap<String, String> problems() {
		SortedMap<String, String> problems = new TreeMap<>();
		slots.forEach((id, slot) -> {
			String problem = slot.problem();
			if (problem != null) {
				problems.put(id.toString(), problem);
			}
		});
		return problems;
	}

	/** Drains all lanes at once; each bounds its own draining. */
	@Override
	public void stop() {
		List<LaneSlot> draining;
		synchronized (this) {
			Repetition running = looking;
			if (running != null) {
				running.close();
				looking = null;
			}
			draining = List.copyOf(slots.values());
			slots.clear();
		}
		CompletableFuture.allOf(draining.stream().map(LaneSlot::stop).toArray(CompletableFuture[]::new)).join();
		draining.forEach(LaneSlot::forget);
	}

	@Override
	public boolean isRunning() {
		return looking != null;
	}

}
