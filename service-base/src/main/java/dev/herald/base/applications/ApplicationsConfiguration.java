package dev.herald.base.applications;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The applications file named by {@code herald.applications-file}, watched while the
 * service runs.
 */
@Configuration(proxyBeanMethods = false)
public class ApplicationsConfiguration {

	@Bean
	ApplicationsFile applicationsFile(@Value("${herald.applications-file}") Path file) {
		return new ApplicationsFile(file);
	}

	@Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
	ScheduledExecutorService applicationsWatch(ApplicationsFile file) {
		ScheduledExecutorService watch = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("applications-watch").factory());
		long interval = ApplicationsFile.POLL_INTERVAL.toMillis();
		watch.scheduleWithFixedDelay(file::poll, interval, interval, TimeUnit.MILLISECONDS);
		return watch;
	}

	/**
	 * A broken edit is told, but takes no instance out of service: the last good content
	 * still works.
	 */
	@Bean
	HealthIndicator applicationsHealthIndicator(ApplicationsFile file) {
		return () -> {
			String problem = file.problem();
			Health.Builder health = Health.up().withDetail("applications", file.current().toString());
			return problem == null ? health.build() : health.withDetail("problem", problem).build();
		};
	}

}
