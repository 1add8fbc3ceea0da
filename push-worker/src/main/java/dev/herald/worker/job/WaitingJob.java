package dev.herald.worker.job;

import dev.herald.common.push.PushJob;
import dev.herald.worker.registration.Standing;
import dev.herald.worker.registration.Standing.Registered;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * A job that waits for its turn, and what is known of its device meanwhile. Safe for use
 * by many threads.
 */
final class WaitingJob {

	private final PushJob job;

	private volatile CompletableFuture<Standing> standing;

	/**
	 * @param seenAt when the job's device was last seen to be registered
	 */
	WaitingJob(PushJob job, Instant seenAt) {
		this.job = job;
		this.standing = CompletableFuture.completedFuture(new Registered(job.device(), seenAt));
	}

	PushJob job() {
		return job;
	}

	/** The latest that is known, or is being asked for. Never fails. */
	CompletableFuture<Standing> standing() {
		return standing;
	}

	void learn(CompletableFuture<Standing> latest) {
		standing = latest;
	}

}
