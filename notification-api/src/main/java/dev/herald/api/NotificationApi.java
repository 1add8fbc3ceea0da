package dev.herald.api;

import dev.herald.base.applications.ApplicationsConfiguration;
import dev.herald.base.broker.BrokerConfiguration;
import dev.herald.base.database.DatabasePools;
import dev.herald.base.openapi.OpenApiDescription;
import dev.herald.base.problem.Problems;
import dev.herald.base.request.RequestLimits;
import dev.herald.base.security.AccessRules;
import dev.herald.base.security.ApiKeySecurity;
import dev.herald.base.security.Role;
import dev.herald.base.service.HeraldService;
import io.swagger.v3.oas.models.info.Info;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** The notification API as a program. */
@HeraldService
@Import({ ApiKeySecurity.class, Problems.class, DatabasePools.class, ApplicationsConfiguration.class,
		BrokerConfiguration.class, RequestLimits.class, OpenApiDescription.class })
public class NotificationApi {

	/** Runs the service until it is told to stop. */
	public static void main(String[] arguments) {
		application().run(arguments);
	}

	/**
	 * The service, not yet started, for whoever starts several in one JVM: it reads
	 * {@code notification-api.yml} and not the {@code application.yml} that all would
	 * share.
	 */
	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(NotificationApi.class).properties("spring.config.name=notification-api");
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	/**
	 * Runs what blocks, one virtual thread each; whoever uses it bounds how many at a
	 * time. Closing waits for what is under way.
	 */
	@Bean
	ExecutorService blockingCalls() {
		return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("blocking-call-", 0).factory());
	}

	@Bean
	Info info() {
		return new Info().title("Herald notification API")
			.description("Takes notifications for users and tells what became of them. Errors are RFC 9457 "
					+ "problem details.")
			.version("1");
	}

	@Bean
	AccessRules accessRules() {
		String sender = Role.SENDER.name();
		String operator = Role.OPERATOR.name();
		return requests -> requests.requestMatchers(HttpMethod.POST, "/notification", "/broadcast", "/targeted")
			.hasRole(sender)
			.requestMatchers("/dead-letters", "/dead-letters/*")
			.hasRole(operator)
			.requestMatchers(HttpMethod.GET, "/notification/*", "/notifications", "/openapi.json")
			.hasAnyRole(sender, operator)
			.requestMatchers("/campaign/**")
			.hasAnyRole(sender, operator)
			.requestMatchers("/internal/campaigns/**")
			.hasRole(Role.INTERNAL.name());
	}

}
