package dev.herald.api.idempotency;

import dev.herald.base.database.ApiPool;
import dev.herald.base.database.WorkerPool;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {

	@Bean
	IdempotencyKeys idempotencyKeys(@ApiPool JdbcTemplate api, @WorkerPool JdbcTemplate worker, Clock clock,
			ExecutorService blockingCalls) {
		return new JdbcIdempotencyKeys(api, worker, clock, blockingCalls);
	}

	@Bean
	OnceOnly onceOnly(IdempotencyKeys keys) {
		return new OnceOnly(keys);
	}

}
