package dev.herald.tokenstore;

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
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** The service that knows which devices a user is logged in on. */
@HeraldService
@Import({ ApiKeySecurity.class, DatabasePools.class, Problems.class, ApplicationsConfiguration.class,
		BrokerConfiguration.class, RequestLimits.class, OpenApiDescription.class })
public class TokenStore {

	/** Starts the service, configured by {@code token-store.yml} and the environment. */
	public static void main(String[] arguments) {
		application().run(arguments);
	}

	/**
	 * The service, not yet started, for whoever starts several in one JVM: it reads
	 * {@code token-store.yml} and not the {@code application.yml} that all would share.
	 */
	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(TokenStore.class).properties("spring.config.name=token-store");
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	Info info() {
		return new Info().title("Herald token store")
			.description("Knows which devices a user is logged in on. Errors are RFC 9457 problem details.")
			.version("1");
	}

	@Bean
	AccessRules accessRules() {
		return requests -> requests.requestMatchers("/devices", "/devices/*")
			.hasRole(Role.REGISTRAR.name())
			.requestMatchers("/internal/**")
			.hasRole(Role.INTERNAL.name())
			.requestMatchers(HttpMethod.GET, "/openapi.json")
			.hasAnyRole(Role.REGISTRAR.name(), Role.OPERATOR.name(), Role.INTERNAL.name());
	}

}
