package dev.herald.api.http;

import dev.herald.base.security.ApiKeyProperties;
import dev.herald.base.security.ApiKeyProperties.ApiKey;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Holds each API key to its requests per second. A key may spend a second's worth at
 * once. Each instance counts for itself: with three of them a caller gets up to three
 * times its rate.
 */
final class RateLimit implements HandlerInterceptor {

	private final Map<String, Bucket> buckets = new HashMap<>();

	/**
	 * @param time tells the time for refilling
	 */
	RateLimit(ApiKeyProperties properties, TimeMeter time) {
		for (ApiKey key : properties.apiKeys()) {
			Integer perSecond = key.requestsPerSecond();
			if (perSecond != null) {
				buckets.put(key.name(), bucket(perSecond, time));
			}
		}
	}

	private static Bucket bucket(int perSecond, TimeMeter time) {
		return Bucket.builder()
			.addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
			.withCustomTimePrecision(time)
			.build();
	}

	/**
	 * @throws RateExceededException if the caller is over its rate
	 */
	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		Principal caller = request.getUserPrincipal();
		Bucket bucket = caller == null ? null : buckets.get(caller.getName());
		if (bucket != null) {
			ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
			if (!probe.isConsumed()) {
				throw new RateExceededException(Duration.ofNanos(probe.getNanosToWaitForRefill()));
			}
		}
		return true;
	}

}
