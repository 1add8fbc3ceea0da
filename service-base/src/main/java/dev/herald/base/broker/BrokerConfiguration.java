package dev.herald.base.broker;

import dev.herald.base.applications.ApplicationsFile;
import dev.herald.common.broker.BrokerTopology;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The broker as every service uses it: everything declared, and a publisher that knows
 * what was kept.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerProperties.class)
public class BrokerConfiguration {

	@Bean
	BrokerTopology brokerTopology(BrokerProperties properties) {
		return new BrokerTopology(properties.queueType());
	}

	@Bean(initMethod = "register")
	BrokerDeclarations brokerDeclarations(BrokerTopology topology, ApplicationsFile applications,
			ConnectionFactory connections) {
		return new BrokerDeclarations(topology, applications, connections);
	}

	@Bean
	ConfirmedPublisher confirmedPublisher(ConnectionFactory connections, BrokerProperties properties) {
		return new ConfirmedPublisher(connections, properties.maxUnconfirmed());
	}

}
