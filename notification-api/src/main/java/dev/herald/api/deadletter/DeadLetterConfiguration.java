package dev.herald.api.deadletter;

import dev.herald.api.devices.DeviceDirectory;
import dev.herald.base.applications.ApplicationsFile;
import dev.herald.base.broker.BatchQueueReader;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.push.DeadLetter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeadLetterProperties.class)
class DeadLetterConfiguration {

	/** Of some kilobytes each: a statement stays below a few megabytes. */
	private static final int BATCH_SIZE = 200;

	@Bean
	JdbcDeadLetters deadLetters(@ApiPool JdbcTemplate api, @WorkerPool JdbcTemplate worker,
			@WorkerPool TransactionTemplate transactions) {
		return new JdbcDeadLetters(api, worker, transactions);
	}

	@Bean
	BatchQueueReader<DeadLetter> deadLetterReader(ConnectionFactory connections, ConfirmedPublisher publisher,
			JdbcDeadLetters letters) {
		return new BatchQueueReader<>(connections, publisher, BrokerTopology.DEAD_LETTERS, DeadLetter.class, BATCH_SIZE,
				letters::keep);
	}

	@Bean
	DeadLetterDesk deadLetterDesk(JdbcDeadLetters letters, DeviceDirectory directory, ConfirmedPublisher publisher,
			MeterRegistry meters, Clock clock) {
		return new DeadLetterDesk(letters, directory, publisher, meters, clock);
	}

	@Bean
	DeadLetterMetrics deadLettersHealthIndicator(JdbcDeadLetters letters, ApplicationsFile applications,
			MeterRegistry meters) {
		return new DeadLetterMetrics(letters, applications, meters);
	}

	@Bean(destroyMethod = "shutdownNow")
	@DependsOnDatabaseInitialization
	ScheduledExecutorService deadLetterSchedule(DeadLetterMetrics metrics, DeadLetterProperties properties) {
		ScheduledExecutorService schedule = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("dead-letters").factory());
		schedule.scheduleWithFixedDelay(metrics, 0, properties.countInterval().toMillis(), TimeUnit.MILLISECONDS);
		return schedule;
	}

}
