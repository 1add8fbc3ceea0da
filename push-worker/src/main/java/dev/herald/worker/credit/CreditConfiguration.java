package dev.herald.worker.credit;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CreditProperties.class)
class CreditConfiguration {

	@Bean
	JobCredit jobCredit(ConnectionFactory connections, CreditProperties properties) {
		return JobCredit.at(connections, properties.highWater());
	}

}
