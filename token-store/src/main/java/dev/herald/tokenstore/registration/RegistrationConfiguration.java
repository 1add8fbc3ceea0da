package dev.herald.tokenstore.registration;

import dev.herald.base.database.ApiPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Logins and logouts are waited for by people: they use the pool {@code api}. */
@Configuration(proxyBeanMethods = false)
class RegistrationConfiguration {

	@Bean
	DeviceRegistry deviceRegistry(@ApiPool JdbcClient jdbc, @ApiPool TransactionTemplate transactions, Clock clock) {
		return new DeviceRegistry(new Registrations(jdbc), transactions, clock);
	}

	@Bean
	RegistrationMetrics registrationMetrics(MeterRegistry registry) {
		return new RegistrationMetrics(registry);
	}

}
