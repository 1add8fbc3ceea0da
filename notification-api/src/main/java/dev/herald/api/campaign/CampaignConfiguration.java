package dev.herald.api.campaign;

import dev.herald.api.delivery.Deliveries;
import dev.herald.api.delivery.JobMeters;
import dev.herald.api.idempotency.OnceOnly;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.BatchQueueReader;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.push.DeliveryReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CampaignProperties.class)
class CampaignConfiguration {

	@Bean
	@Primary
	@ApiPool
	Campaigns campaignsOfTheApi(@ApiPool JdbcTemplate api, @ApiPool TransactionTemplate transactions) {
		return new JdbcCampaigns(api, transactions);
	}

	@Bean
	@WorkerPool
	Campaigns campaignsOfWorkers(@WorkerPool JdbcTemplate worker, @WorkerPool TransactionTemplate transactions) {
		return new JdbcCampaigns(worker, transactions);
	}

	@Bean
	JdbcChains chains(@WorkerPool JdbcTemplate worker) {
		return new JdbcChains(worker);
	}

	@Bean
	JdbcChunks chunks(@WorkerPool JdbcTemplate worker) {
		return new JdbcChunks(worker);
	}

	@Bean
	ChainClaims chainClaims(@WorkerPool Campaigns campaigns, JdbcChains chains, JdbcChunks chunks,
			CampaignProperties properties, GivingWay givingWay, Clock clock, MeterRegistry meters) {
		return new ChainClaims(campaigns, chains, chunks, properties, givingWay, clock, meters);
	}

	@Bean
	GivingWay givingWay(MeterRegistry meters) {
		GivingWay givingWay = new GivingWay(System::nanoTime);
		Gauge.builder("herald.campaigns.limit", givingWay, GivingWay::limit)
			.description("Pushes a second that broadcasts may begin beside the requests of this instance")
			.register(meters);
		return givingWay;
	}

	@Bean
	RequestTimes requestTimes(GivingWay givingWay, CampaignProperties properties) {
		return new RequestTimes(givingWay, properties.giveWay());
	}

	@Bean
	CampaignReports campaignReports(@WorkerPool Campaigns campaigns, JdbcChunks chunks, Deliveries deliveries,
			JobMeters meters) {
		return new CampaignReports(campaigns, chunks, deliveries, meters);
	}

	@Bean
	BatchQueueReader<DeliveryReport> campaignReportReader(ConnectionFactory connections, ConfirmedPublisher publisher,
			CampaignReports reports) {
		return new BatchQueueReader<>(connections, publisher, BrokerTopology.CAMPAIGN_REPORTS, DeliveryReport.class,
				CampaignReports.BATCH_SIZE, CampaignReports.GATHERED, reports::take);
	}

	@Bean
	BroadcastIntake broadcastIntake(ApplicationsFile applications, @ApiPool Campaigns campaigns, OnceOnly requests,
			ExecutorService blockingCalls, Clock clock) {
		return new BroadcastIntake(applications, campaigns, requests, blockingCalls, clock);
	}

	@Bean
	CampaignStarter campaignStarter(@WorkerPool Campaigns campaigns, JdbcChains chains,
			@WorkerPool TransactionTemplate transactions, TokenStoreClient tokenStore, ApplicationsFile applications,
			ConfirmedPublisher publisher, CampaignProperties properties, Clock clock, MeterRegistry meters) {
		CampaignStarter starter = new CampaignStarter(campaigns, chains, transactions, tokenStore, applications,
				publisher, properties, clock);
		Gauge.builder("herald.campaigns.running", starter, CampaignStarter::running)
			.description("Broadcasts under way, as every instance sees them")
			.register(meters);
		return starter;
	}

	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService campaignSchedule(CampaignStarter starter) {
		ScheduledExecutorService schedule = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("campaigns").factory());
		schedule.scheduleWithFixedDelay(starter, 1, 1, TimeUnit.SECONDS);
		return schedule;
	}

}
