package dev.herald.systemtests;

import dev.herald.common.broker.QueueType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a house is to be like.
 *
 * @param name names the folder of the logs
 * @param workers how many push workers
 * @param queueType the kind of every queue
 * @param workerProperties more configuration of every push worker
 * @param apiProperties more configuration of the notification API
 * @param contentService where every application has its articles, or null for nowhere
 */
public record HousePlan(String name, int workers, QueueType queueType, Map<String, Object> workerProperties,
		Map<String, Object> apiProperties, @Nullable String contentService) {

	public HousePlan {
		workerProperties = Map.copyOf(workerProperties);
		apiProperties = Map.copyOf(apiProperties);
	}

	/** As deployed: quorum queues, nothing configured otherwise. */
	public static HousePlan of(String name, int workers) {
		return new HousePlan(name, workers, QueueType.QUORUM, Map.of(), Map.of(), null);
	}

	/** The same with another kind of queues. */
	public HousePlan withQueues(QueueType type) {
		return new HousePlan(name, workers, type, workerProperties, apiProperties, contentService);
	}

	/** The same with more configuration of the workers. */
	public HousePlan withWorkerProperties(Map<String, Object> properties) {
		return new HousePlan(name, workers, queueType, properties, apiProperties, contentService);
	}

	/** The same with more configuration of the API. */
	public HousePlan withApiProperties(Map<String, Object> properties) {
		return new HousePlan(name, workers, queueType, workerProperties, properties, contentService);
	}

	/** The same with a content service for every application. */
	public HousePlan withContentService(String url) {
		return new HousePlan(name, workers, queueType, workerProperties, apiProperties, url);
	}

}
