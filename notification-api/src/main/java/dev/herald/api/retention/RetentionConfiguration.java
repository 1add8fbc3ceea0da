package dev.herald.api.retention;

import dev.herald.api.campaign.Campaigns;
import dev.herald.api.deadletter.DeadLetters;
import dev.herald.api.delivery.Deliveries;
import dev.herald.api.idempotency.IdempotencyKeys;
import dev.herald.api.notification.Notifications;
import dev.herald.base.database.WorkerPool;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class RetentionConfiguration {

	@Bean
	Retention retention(Notifications notifications, Deliveries deliveries, DeadLetters deadLetters,
			IdempotencyKeys keys, @WorkerPool Campaigns campaigns, RetentionProperties properties, Clock clock) {
		return new Retention(notifications, deliveries, deadLetters, keys, campaigns, properties.keep(), clock);
	}

	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService retentionSchedule(Retention retention, RetentionProperties properties) {
		ScheduledExecutorService schedule = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("retention").factory());
		long interval = properties.interval().toMillis();
		schedule.scheduleWithFixedDelay(retention, interval, interval, TimeUnit.MILLISECONDS);
		return schedule;
	}

}
