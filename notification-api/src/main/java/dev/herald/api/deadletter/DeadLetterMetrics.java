package dev.herald.api.deadletter;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.common.device.Device;
import dev.herald.common.identity.Provider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;

/**
 * Counts the dead letters now and then, for the gauge {@code herald.dead.letters} and for
 * health. Every instance tells the same number: alert on the greatest, not on the sum.
 * Safe for use by many threads.
 */
final class DeadLetterMetrics implements Runnable, HealthIndicator {

	private static final Logger log = LoggerFactory.getLogger(DeadLetterMetrics.class);

	private final JdbcDeadLetters letters;

	private final ApplicationsFile applications;

	private final MultiGauge gauge;

	private volatile @Nullable Long total;

	DeadLetterMetrics(JdbcDeadLetters letters, ApplicationsFile applications, MeterRegistry meters) {
		this.letters = letters;
		this.applications = applications;
		this.gauge = MultiGauge.builder("herald.dead.letters")
			.description("Jobs that were given up and that no operator has replayed or discarded yet")
			.register(meters);
	}

	/** Counts once; keeps the last count where that fails. */
	@Override
	public void run() {
		try {
			Map<DeadLetterGroup, Long> counts = letters.count(DeadLetterFilter.ALL);
			gauge.register(rows(counts), true);
			total = counts.values().stream().mapToLong(Long::longValue).sum();
		}
		catch (DataAccessException ex) {
			log.warn("The dead letters could not be counted, and will be later: {}", ex.getMessage());
		}
	}

	/**
	 * An application without dead letters has a series too: 0 is not the same as none.
	 */
	private List<MultiGauge.Row<?>> rows(Map<DeadLetterGroup, Long> counts) {
		Map<Tags, Long> byLane = new HashMap<>();
		for (Application application : applications.current().all()) {
			application.providers().forEach(provider -> byLane.put(tags(application.id().value(), provider), 0L));
		}
		counts.forEach((group, count) -> byLane.merge(tags(group.applicationId().value(), group.provider()), count,
				Long::sum));
		return byLane.entrySet()
			.stream().<MultiGauge.Row<?>>map(lane -> MultiGauge.Row.of(lane.getKey(), lane.getValue())).toList();
	}

	/** Dead letters are no fault of this service: they are told, and nothing is down. */
	@Override
	public Health health() {
		Long counted = total;
		return Health.up().withDetail("dead_letters", counted == null ? "not counted yet" : counted).build();
	}

	static void count(MeterRegistry meters, String name, KeptDeadLetter kept) {
		Device device = kept.letter().job().device();
		meters.counter(name, tags(device.applicationId().value(), device.provider())).increment();
	}

	private static Tags tags(String application, Provider provider) {
		return Tags.of("application", application, "provider", provider.value());
	}

}
