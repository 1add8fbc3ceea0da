package dev.herald.base.broker;

import dev.herald.base.applications.ApplicationsFile;
import dev.herald.common.broker.BrokerTopology;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.ApplicationRunner;
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

	/** How long a broker that says nothing can put off that the service is ready. */
	private static final Duration FIRST_CONNECTION = Duration.ofSeconds(5);

	private static final Logger log = LoggerFactory.getLogger(BrokerConfiguration.class);

	@Bean
	BrokerTopology brokerTopology(BrokerProperties properties) {
		return new BrokerTopology(properties.queueType());
	}

	@Bean
	BrokerTransport brokerTransport() {
		return new BrokerTransport();
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

	/** Runs before the service calls itself ready. */
	@Bean
	ApplicationRunner publisherWarmUp(ConfirmedPublisher publisher) {
		return arguments -> {
			try {
				publisher.connect(FIRST_CONNECTION);
			}
			catch (PublishException ex) {
				log.warn("Started without the broker, and will connect once it is there: {}", ex.getMessage());
			}
		};
	}

}
