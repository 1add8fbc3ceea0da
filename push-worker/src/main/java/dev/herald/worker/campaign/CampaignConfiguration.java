package dev.herald.worker.campaign;

import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.JoiningPublisher;
import dev.herald.base.http.ServiceClient;
import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.base.tokenstore.TokenStoreConfiguration;
import dev.herald.worker.credit.JobCredit;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ CampaignProperties.class, NotificationApiProperties.class })
@Import(TokenStoreConfiguration.class)
class CampaignConfiguration {

	@Bean
	ServiceClient notificationApi(NotificationApiProperties api) {
		return new ServiceClient("the notification API", api.url(), api.apiKey(), api.connectTimeout());
	}

	@Bean
	CampaignApi campaignApi(ServiceClient notificationApi, NotificationApiProperties api) {
		return new CampaignApi(notificationApi, api.timeout());
	}

	@Bean
	LinkReader linkReader(ConnectionFactory connections, CampaignProperties properties, ApplicationsFile applications,
			JobCredit credit, CampaignApi api, TokenStoreClient tokenStore, JoiningPublisher joining,
			MeterRegistry meters, Clock clock) {
		PatientPublisher publisher = new PatientPublisher(joining);
		CampaignMetrics metrics = new CampaignMetrics(meters);
		LinkExpander expander = new LinkExpander(applications, credit, api, tokenStore, publisher, metrics, clock);
		return new LinkReader(connections, properties.expanders(), expander, publisher, metrics);
	}

}
