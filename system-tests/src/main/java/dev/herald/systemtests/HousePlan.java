package dev.herald.systemtests;

import dev.herald.common.broker.QueueType;
import java.util.Map;

/**
 * What a house is to be like.
 *
 * @param name names the folder of the logs
 * @param workers how many push workers
 * @param queueType the kind of every queue
 * @param workerProperties more configuration of every push worker
 */
public record HousePlan(String name, int workers, QueueType queueType, Map<String, Object> workerProperties) {

	public HousePlan {
		workerProperties = Map.copyOf(workerProperties);
	}

	/** As deployed: quorum queues, nothing configured otherwise. */
	public static HousePlan of(String name, int workers) {
		return new HousePlan(name, workers, QueueType.QUORUM, Map.of());
	}

	/** The same with another kind of queues. */
	public HousePlan withQueues(QueueType type) {
		return new HousePlan(name, workers, type, workerProperties);
	}

	/** The same with more configuration of the workers. */
	public HousePlan withWorkerProperties(Map<String, Object> properties) {
		return new HousePlan(name, workers, queueType, properties);
	}

}
