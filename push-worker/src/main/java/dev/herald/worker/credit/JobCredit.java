package dev.herald.worker.credit;

import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.identity.ApplicationId;
import dev.herald.common.identity.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Says whether a campaign may add to a job queue: as long as fewer jobs wait there than
 * the high-water mark, counting those that this worker's campaigns are about to add, and
 * as many for each other worker that consumes the queue. All workers together thus go
 * beyond the mark by no more than what each of them reserves at once: the queue stays in
 * the thousands, whatever the size of a campaign.
 *
 * <p>
 * A queue that nobody consumes, since its lane is paused or its application gone, stays
 * above its mark once it has reached it. While the broker tells nothing of a queue, there
 * is no room in it. Safe for use by many threads; asking blocks for one round trip to the
 * broker at most every tenth of a second.
 */
public final class JobCredit implements AutoCloseable {

	private final Backlogs backlogs;

	private final int highWater;

	private final LongSupplier nanoTime;

	private final Map<String, QueueCredit> queues = new ConcurrentHashMap<>();

	JobCredit(Backlogs backlogs, int highWater, LongSupplier nanoTime) {
		this.backlogs = backlogs;
		this.highWater = highWater;
		this.nanoTime = nanoTime;
	}

	/**
	 * The credit that this broker's queues have.
	 * @param highWater the jobs that wait in a queue from which on there is no room
	 */
	public static JobCredit at(ConnectionFactory connections, int highWater) {
		return new JobCredit(new BrokerBacklogs(connections), highWater, System::nanoTime);
	}

	/**
	 * Reserves room in the job queue of an application and provider.
	 * @param jobs the most that are going to be published, positive
	 * @return empty if there is no room now; otherwise the caller closes the reservation
	 * when its jobs are confirmed, or not to be published after all
	 */
	public Optional<Reservation> reserve(ApplicationId application, Provider provider, int jobs) {
		if (jobs < 1) {
			throw new IllegalArgumentException("jobs must be positive, but was " + jobs);
		}
		return queue(application, provider).reserve(jobs, highWater);
	}

	/**
	 * Whether any worker takes jobs from this queue, as far as the broker told lately.
	 */
	public boolean isConsumed(ApplicationId application, Provider provider) {
		return queue(application, provider).isConsumed();
	}

	/**
	 * Whether it is of use to ask again within a tenth of a second where there was no
	 * room. If not, nobody takes jobs from the queue, or so slowly that it will have jobs
	 * left a second from now, as far as the broker told lately.
	 */
	public boolean hasRoomSoon(ApplicationId application, Provider provider) {
		return queue(application, provider).hasRoomSoon();
	}

	private QueueCredit queue(ApplicationId application, Provider provider) {
		return queues.computeIfAbsent(BrokerTopology.jobQueueName(application, provider),
				name -> new QueueCredit(name, backlogs, nanoTime));
	}

	@Override
	public void close() {
		backlogs.close();
	}

	/** Room that nobody else of this worker gets. Used by one thread. */
	public interface Reservation extends AutoCloseable {

		/**
		 * So many jobs were published. They count until the broker is asked again.
		 */
		void queued(int jobs);

		/** Gives the room back. */
		@Override
		void close();

	}

}
