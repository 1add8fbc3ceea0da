package dev.herald.systemtests;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks every second at how many jobs wait in the queues and how much memory each service
 * has, and keeps the highest. Closed by whoever started it.
 */
final class Flatness implements AutoCloseable {

	private static final List<ApplicationId> APPLICATIONS = List.of(House.RIDER, House.DRIVER);

	private final House house;

	private final AtomicBoolean running = new AtomicBoolean(true);

	private final Thread watcher;

	private volatile int longestQueue;

	private volatile long largestMegabytes;

	private Flatness(House house) {
		this.house = house;
		this.watcher = Thread.ofVirtual().unstarted(this::watch);
	}

	static Flatness watch(House house) {
		Flatness flatness = new Flatness(house);
		flatness.watcher.start();
		return flatness;
	}

	private void watch() {
		while (running.get()) {
			look();
			Pause.of(Duration.ofSeconds(1));
		}
	}

	private void look() {
		for (ApplicationId application : APPLICATIONS) {
			for (Provider provider : Provider.values()) {
				longestQueue = Math.max(longestQueue, house.waitingJobs(application, provider));
			}
		}
		house.services().forEach(service -> largestMegabytes = Math.max(largestMegabytes, service.residentMegabytes()));
	}

	/** The most jobs that waited in one queue at one time. */
	int longestQueue() {
		return longestQueue;
	}

	/** The most memory that one service had, in MB; 0 where the system does not tell. */
	long largestMegabytes() {
		return largestMegabytes;
	}

	@Override
	public void close() {
		running.set(false);
		Pause.untilEndOf(watcher);
	}

}
