package dev.herald.worker.job;

import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.util.Optional;

/**
 * The job queues of this worker's applications, as the broker told of them last. Safe for
 * use by many threads.
 */
public interface JobQueues {

	/**
	 * What the broker told last of the job queue of this application and provider, about
	 * a second ago unless the broker is away.
	 * @return empty if it was not told yet, or the application is not configured
	 */
	Optional<QueueFigures> figures(ApplicationId application, Provider provider);

}
