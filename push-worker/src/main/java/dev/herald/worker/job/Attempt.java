package dev.herald.worker.job;

import dev.herald.common.push.PushJob;
import java.time.Instant;
import java.util.Objects;

/**
 * A job that is being tried.
 *
 * @param triedAt when this attempt began
 */
record Attempt(PushJob job, Instant triedAt) {

	/** When the job was tried first, which may have been now. */
	Instant firstTriedAt() {
		return Objects.requireNonNullElse(job.firstTriedAt(), triedAt);
	}

}
