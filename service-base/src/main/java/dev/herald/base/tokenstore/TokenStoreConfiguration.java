package dev.herald.base.tokenstore;

import dev.herald.base.http.ServiceException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The token store named by {@code herald.token-store.url}: a service that imports this
 * has a {@link TokenStoreClient}, and tells in its health whether the store answers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenStoreProperties.class)
public class TokenStoreConfiguration {

	@Bean
	TokenStoreClient tokenStoreClient(TokenStoreProperties tokenStore) {
		return new TokenStoreClient(tokenStore);
	}

	/** Told for people; it takes no part in readiness. */
	@Bean
	HealthIndicator tokenStoreHealthIndicator(TokenStoreClient tokenStore) {
		return () -> {
			try {
				return tokenStore.isAlive() ? Health.up().build() : Health.down().build();
			}
			catch (ServiceException ex) {
				return Health.down().withDetail("reason", String.valueOf(ex.getMessage())).build();
			}
		};
	}

}
