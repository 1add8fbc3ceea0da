package dev.herald.worker.registration;

import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.base.tokenstore.TokenStoreConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistrationCheckProperties.class)
@Import(TokenStoreConfiguration.class)
class RegistrationConfiguration {

	@Bean
	RegistrationCheck registrationCheck(TokenStoreClient tokenStore, RegistrationCheckProperties properties,
			ExecutorService virtualThreads, Clock clock, MeterRegistry meters) {
		return new RegistrationCheck(tokenStore, properties.registrationCheckAfter(), virtualThreads, clock, meters);
	}

}
