package dev.herald.api.devices;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenStoreProperties.class)
class DevicesConfiguration {

	@Bean
	TokenStoreClient tokenStoreClient(TokenStoreProperties tokenStore, ExecutorService blockingCalls) {
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(tokenStore.connectTimeout())
			.executor(blockingCalls)
			.build();
		return new TokenStoreClient(http, tokenStore);
	}

	@Bean
	DeviceDirectory deviceDirectory(TokenStoreClient tokenStore, ExecutorService blockingCalls) {
		return new DeviceDirectory(tokenStore, blockingCalls);
	}

	/** Told for people; it takes no part in readiness. */
	@Bean
	HealthIndicator tokenStoreHealthIndicator(TokenStoreClient tokenStore) {
		return () -> {
			try {
				return tokenStore.isAlive() ? Health.up().build() : Health.down().build();
			}
			catch (TokenStoreException ex) {
				return Health.down().withDetail("reason", String.valueOf(ex.getMessage())).build();
			}
		};
	}

}
