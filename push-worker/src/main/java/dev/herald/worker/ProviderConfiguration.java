package dev.herald.worker;

import dev.herald.worker.apns.ApnsProperties;
import dev.herald.worker.apns.ApnsProvider;
import dev.herald.worker.fcm.FcmProperties;
import dev.herald.worker.fcm.FcmProvider;
import dev.herald.worker.push.PushProvider;
import dev.herald.worker.push.PushServices;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The providers there are. A further one is a package with a {@link PushProvider} and a
 * bean here.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ FcmProperties.class, ApnsProperties.class })
class ProviderConfiguration {

	@Bean
	FcmProvider fcm(FcmProperties properties, ExecutorService virtualThreads, Clock clock) {
		return new FcmProvider(properties, virtualThreads, clock);
	}

	@Bean
	ApnsProvider apns(ApnsProperties properties, ExecutorService virtualThreads, Clock clock) {
		return new ApnsProvider(properties, virtualThreads, clock);
	}

	@Bean
	PushServices pushServices(List<PushProvider> providers) {
		return new PushServices(providers);
	}

	/**
	 * One thread for each thing under way; how many those are is bounded by the lanes.
	 */
	@Bean(destroyMethod = "shutdownNow")
	ExecutorService virtualThreads() {
		return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("push-", 0).factory());
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
