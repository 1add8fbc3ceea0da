package dev.herald.worker.job;

import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.broker.JoiningPublisher;
import dev.herald.worker.push.PushServices;
import dev.herald.worker.registration.RegistrationCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lanes, and what they work with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerProperties.class)
class JobConfiguration {

	@Bean
	JoiningPublisher joiningPublisher(ConfirmedPublisher publisher) {
		return new JoiningPublisher(publisher);
	}

	@Bean
	LaneEnvironment laneEnvironment(WorkerProperties properties, PushServices services, RegistrationCheck registrations,
			ConnectionFactory connections, JoiningPublisher publisher, MeterRegistry meters,
			ExecutorService virtualThreads, Clock clock) {
		OutcomeHandler outcomes = new OutcomeHandler(properties.retry(), clock,
				() -> ThreadLocalRandom.current().nextLong());
		return new LaneEnvironment(properties, services, registrations, outcomes, connections, publisher, meters,
				virtualThreads, clock);
	}

	@Bean
	Lanes lanes(ApplicationsFile applications, LaneEnvironment environment) {
		return new Lanes(applications, environment);
	}

	@Bean
	QueueWatch queueWatch(Lanes lanes, LaneEnvironment environment) {
		return new QueueWatch(lanes, environment);
	}

	@Bean
	LanesHealth lanesHealthIndicator(Lanes lanes) {
		return new LanesHealth(lanes);
	}

}
