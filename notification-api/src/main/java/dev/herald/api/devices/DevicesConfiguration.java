package dev.herald.api.devices;

import dev.herald.base.tokenstore.TokenStoreClient;
import dev.herald.base.tokenstore.TokenStoreConfiguration;
import java.util.concurrent.ExecutorService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(TokenStoreConfiguration.class)
class DevicesConfiguration {

	@Bean
	DeviceDirectory deviceDirectory(TokenStoreClient tokenStore, ExecutorService blockingCalls) {
		return new DeviceDirectory(tokenStore, blockingCalls);
	}

}
