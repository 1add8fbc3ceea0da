package dev.herald.benchmarks.house;

import dev.herald.common.identity.ApplicationId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a house to measure is to be like, where it is not as deployed.
 *
 * @param applications the applications
 * @param workers how many push workers
 * @param apiProperties more configuration of the notification API
 * @param workerProperties more configuration of every push worker
 * @param contentService where every application has its articles, or null for nowhere
 */
public record MeasuredPlan(List<ApplicationId> applications, int workers, Map<String, Object> apiProperties,
		Map<String, Object> workerProperties, @Nullable String contentService) {

	public MeasuredPlan {
		applications = List.copyOf(applications);
		apiProperties = Map.copyOf(apiProperties);
		workerProperties = Map.copyOf(workerProperties);
	}

	/** As deployed, with one worker. */
	public static MeasuredPlan of(ApplicationId... applications) {
		return new MeasuredPlan(List.of(applications), 1, Map.of(), Map.of(), null);
	}

	/** The same with another number of workers. */
	public MeasuredPlan withWorkers(int count) {
		return new MeasuredPlan(applications, count, apiProperties, workerProperties, contentService);
	}

	/** The same with more configuration of the notification API. */
	public MeasuredPlan withApiProperties(Map<String, Object> properties) {
		return new MeasuredPlan(applications, workers, properties, workerProperties, contentService);
	}

	/** The same with more configuration of the workers. */
	public MeasuredPlan withWorkerProperties(Map<String, Object> properties) {
		return new MeasuredPlan(applications, workers, apiProperties, properties, contentService);
	}

	/** The same with a content service for every application. */
	public MeasuredPlan withContentService(String url) {
		return new MeasuredPlan(applications, workers, apiProperties, workerProperties, url);
	}

}
