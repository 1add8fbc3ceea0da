package dev.herald.tokenstore.invalidation;

import dev.herald.base.broker.BatchQueueReader;
import dev.herald.base.broker.ConfirmedPublisher;
import dev.herald.base.database.WorkerPool;
import dev.herald.common.broker.BrokerTopology;
import dev.herald.common.push.TokenInvalidation;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Verdicts come with campaigns: they use the pool {@code worker}. */
@Configuration(proxyBeanMethods = false)
class InvalidationConfiguration {

	private static final int BATCH_SIZE = 200;

	@Bean
	TokenInvalidations tokenInvalidations(@WorkerPool JdbcTemplate jdbc, @WorkerPool TransactionTemplate transactions,
			Clock clock, MeterRegistry registry) {
		return new TokenInvalidations(jdbc, transactions, clock, new InvalidationMetrics(registry));
	}

	@Bean
	BatchQueueReader<TokenInvalidation> tokenInvalidationReader(ConnectionFactory connections,
			ConfirmedPublisher publisher, TokenInvalidations invalidations) {
		return new BatchQueueReader<>(connections, publisher, BrokerTopology.TOKEN_INVALIDATIONS,
				TokenInvalidation.class, BATCH_SIZE, invalidations::take);
	}

}
