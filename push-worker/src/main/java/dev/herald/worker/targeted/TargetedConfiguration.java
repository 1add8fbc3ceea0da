package dev.herald.worker.targeted;

import dev.herald.base.applications.Application;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.applications.ContentService;
import dev.herald.base.broker.JoiningPublisher;
import dev.herald.base.http.ServiceClient;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.worker.campaign.NotificationApiProperties;
import dev.herald.worker.campaign.PatientPublisher;
import dev.herald.worker.content.ArticleCache;
import dev.herald.worker.content.ContentProperties;
import dev.herald.worker.credit.JobCredit;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ TargetedProperties.class, ContentProperties.class, NotificationApiProperties.class })
class TargetedConfiguration {

	@Bean
	CampaignStates campaignStates(ServiceClient notificationApi, NotificationApiProperties api) {
		return new CampaignStates(notificationApi, api.timeout());
	}

	@Bean
	TargetedConsumers targetedConsumers(ApplicationsFile applications, TargetedProperties properties,
			ContentProperties content, CampaignStates campaigns, TokenStoreClient tokenStore, JobCredit credit,
			ConnectionFactory connections, JoiningPublisher publisher, MeterRegistry meters,
			ExecutorService virtualThreads, Clock clock) {
		PatientPublisher patient = new PatientPublisher(publisher);
		return new TargetedConsumers(applications, application -> {
			ArticleCache articles = articles(application, content, virtualThreads, meters);
			PairExpander expander = new PairExpander(application, articles, campaigns, tokenStore, credit, properties,
					clock);
			return new TargetedConsumer(application, articles, expander, connections, patient,
					new TargetedMetrics(meters, application.id()), properties.prefetch(), clock);
		});
	}

	private static @Nullable ArticleCache articles(Application application, ContentProperties content,
			ExecutorService virtualThreads, MeterRegistry meters) {
		ContentService service = application.contentService();
		return service == null ? null : new ArticleCache(application.id().value(), service, application.providers(),
				content, virtualThreads, meters);
	}

	/** Told for people: what holds one application up takes no worker out of service. */
	@Bean
	HealthIndicator targetedHealthIndicator(TargetedConsumers consumers) {
		return () -> Health.up().withDetails(consumers.states()).build();
	}

}
