package dev.herald.tokenstore.invalidation;

import dev.herald.common.push.TokenInvalidation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Counts the verdicts taken: those that removed a device, and those ignored because the
 * token had changed, was registered since, or was gone.
 */
final class InvalidationMetrics {

	private final MeterProvider<Counter> taken;

	InvalidationMetrics(MeterRegistry registry) {
		this.taken = Counter.builder("herald.token.invalidations")
			.description("Providers' verdicts on dead tokens, by whether a device was removed or the verdict ignored")
			.withRegistry(registry);
	}

	void taken(TokenInvalidation verdict, boolean removed) {
		taken
			.withTags(Tags.of("application", verdict.applicationId().value(), "provider", verdict.provider().value(),
					"outcome", removed ? "removed" : "ignored"))
			.increment();
	}

}
