package dev.herald.worker;

import dev.herald.base.applications.ApplicationsConfiguration;
import dev.herald.base.broker.BrokerConfiguration;
import dev.herald.base.problem.Problems;
import dev.herald.base.security.AccessRules;
import dev.herald.base.security.ApiKeySecurity;
import dev.herald.base.service.HeraldService;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The push worker: consumes push jobs and hands them to FCM and APNs. It keeps nothing:
 * any number of them may run, and any may be stopped.
 */
@HeraldService
@Import({ ApiKeySecurity.class, Problems.class, ApplicationsConfiguration.class, BrokerConfiguration.class })
public class PushWorker {

	public static void main(String[] args) {
		application().run(args);
	}

	/**
	 * The application, not yet running; its configuration is in {@code push-worker.yml}.
	 */
	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(PushWorker.class).properties("spring.config.name=push-worker");
	}

	/** Health and metrics are all there is to see. */
	@Bean
	AccessRules accessRules() {
		return requests -> {
		};
	}

}
