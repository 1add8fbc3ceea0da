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
 * @param atFullSpeed whether services run as fast as they can, or start as fast as they
 * can
 */
public record HousePlan(String name, int workers, QueueType queueType, Map<String, Object> workerProperties,
		Map<String, Object> apiProperties, @Nullable String contentService, boolean atFullSpeed) {

	public HousePlan {
		workerProperties = Map.copyOf(workerProperties);
		apiProperties = Map.copyOf(apiProperties);
	}

	/** As deployed: quorum queues, nothing configured otherwise. */
	public static HousePlan of(String name, int workers) {
		return new HousePlan(name, workers, QueueType.QUORUM, Map.of(), Map.of(), null, false);
	}

	/** The same with another kind of queues. */
	public HousePlan withQueues(QueueType type) {
		return new HousePlan(name, workers, type, workerProperties, apiProperties, contentService, atFullSpeed);
	}

	/** The same with more configuration of the workers. */
	public HousePlan withWorkerProperties(Map<String, Object> properties) {
		return new HousePlan(name, workers, queueType, properties, apiProperties, contentService, atFullSpeed);
	}

	/** The same with more configuration of the API. */
	public HousePlan withApiProperties(Map<String, Object> properties) {
		return new HousePlan(name, workers, queueType, workerProperties, properties, contentService, atFullSpeed);
	}

	/** The same with a content service for every application. */
	public HousePlan withContentService(String url) {
		return new HousePlan(name, workers, queueType, workerProperties, apiProperties, url, atFullSpeed);
	}

	/** The same for a long run: services start slower and then work faster. */
	public HousePlan forALongRun() {
		return new HousePlan(name, workers, queueType, workerProperties, apiProperties, contentService, true);
	}

}
