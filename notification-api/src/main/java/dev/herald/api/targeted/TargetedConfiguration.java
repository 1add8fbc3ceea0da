package dev.herald.api.targeted;

import dev.herald.api.campaign.Campaigns;
import dev.herald.api.notification.Notifications;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.BatchQueueReader;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.base.request.StreamedPath;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.campaign.PairReport;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TargetedProperties.class)
class TargetedConfiguration {

	@Bean
	StreamedPath targetedStream() {
		return new StreamedPath(HttpMethod.POST, "/targeted");
	}

	@Bean
	JdbcPairs pairs(@ApiPool JdbcTemplate api, @WorkerPool JdbcTemplate worker) {
		return new JdbcPairs(api, worker);
	}

	@Bean
	JdbcTargetedRequests targetedRequests(@ApiPool JdbcTemplate api, @WorkerPool JdbcTemplate worker, Clock clock) {
		return new JdbcTargetedRequests(api, worker, clock);
	}

	@Bean
	TargetedIntake targetedIntake(ApplicationsFile applications, @ApiPool Campaigns campaigns,
			JdbcTargetedRequests requests, JdbcPairs pairs, ConfirmedPublisher publisher, JsonMapper strict,
			TargetedProperties properties, Clock clock) {
		return new TargetedIntake(applications, campaigns, requests, pairs, publisher, strict, properties, clock);
	}

	@Bean
	PairReports pairReports(@WorkerPool Campaigns campaigns, Notifications notifications, JdbcPairs pairs,
			Clock clock) {
		return new PairReports(campaigns, notifications, pairs, clock);
	}

	@Bean
	BatchQueueReader<PairReport> pairReportReader(ConnectionFactory connections, ConfirmedPublisher publisher,
			PairReports reports) {
		return new BatchQueueReader<>(connections, publisher, BrokerTopology.CAMPAIGN_PAIRS, PairReport.class,
				PairReports.BATCH_SIZE, reports::take);
	}

	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService targetedSchedule(@WorkerPool Campaigns campaigns, JdbcPairs pairs,
			JdbcTargetedRequests requests, @Value("${herald.retention.keep:30d}") Duration keep, Clock clock) {
		ScheduledExecutorService schedule = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("targeted-pushes").factory());
		schedule.scheduleWithFixedDelay(new TargetedTender(campaigns, pairs, requests, keep, clock), 2, 2,
				TimeUnit.SECONDS);
		return schedule;
	}

}
