package dev.herald.worker.targeted;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.Applications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.common.identity.ApplicationId;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.springframework.context.SmartLifecycle;

/** The consumers of all applications, started and stopped as these come and go. */
final class TargetedConsumers implements SmartLifecycle {

	private final ApplicationsFile applications;

	private final Function<Application, TargetedConsumer> factory;

	private final Map<ApplicationId, TargetedConsumer> consumers = new HashMap<>();

	private boolean listeningForChanges;

	private volatile boolean running;

	TargetedConsumers(ApplicationsFile applications, Function<Application, TargetedConsumer> factory) {
		this.applications = applications;
		this.factory = factory;
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

	/** A changed application gets a new consumer while the old one stops. */
	private synchronized void take(Applications changed) {
		if (!running) {
			return;
		}
		consumers.values().removeIf(consumer -> stoppedAsOutdated(consumer, changed));
		for (Application application : changed.all()) {
			consumers.computeIfAbsent(application.id(), id -> started(application));
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for one that is gone
	private static boolean stoppedAsOutdated(TargetedConsumer consumer, Applications changed) {
		Application application = consumer.application();
		if (changed.find(application.id()).filter(application::equals).isPresent()) {
			return false;
		}
		consumer.stop();
		return true;
	}

	private TargetedConsumer started(Application application) {
		TargetedConsumer consumer = factory.apply(application);
		consumer.start();
		return consumer;
	}

	/** What each is doing, by application. */
	synchronized SortedMap<String, String> states() {
		SortedMap<String, String> states = new TreeMap<>();
		consumers.forEach((id, consumer) -> states.put(id.value(), consumer.state()));
		return states;
	}

	@Override
	public void stop() {
		CompletableFuture<?>[] stopping;
		synchronized (this) {
			running = false;
			stopping = consumers.values().stream().map(TargetedConsumer::stop).toArray(CompletableFuture[]::new);
			consumers.clear();
		}
		CompletableFuture.allOf(stopping).join();
	}

	@Override
	public boolean isRunning() {
		return running;
	}

}
