package dev.herald.base.security;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Closes a service: health is open, metrics are the operator's, the service's
 * {@link AccessRules} open the rest, and nothing else is reachable. The name of the
 * authenticated principal is the name of its key.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(ApiKeyProperties.class)
public class ApiKeySecurity {

	@Bean
	ApiKeys apiKeys(ApiKeyProperties properties) {
		return new ApiKeys(properties);
	}

	/**
	 * Spans and timers around each security filter of each request told nobody anything.
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/**
	 * Spring's own, which matches every header that is looked at by a regular expression;
	 * printable ASCII, as nearly all of them are, it allows.
	 */
	@Bean
	HttpFirewall httpFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setAllowedHeaderNames(
				name -> isPrintableAscii(name) || StrictHttpFirewall.ALLOWED_HEADER_NAMES.test(name));
		firewall.setAllowedHeaderValues(
				value -> isPrintableAscii(value) || StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(value));
		return firewall;
	}

	private static boolean isPrintableAscii(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ' || c > '~') {
				return false;
			}
		}
		return true;
	}

	@Bean
	SecurityFilterChain closedByDefault(HttpSecurity http, ApiKeys keys, AccessRules rules) {
		ProblemWriter problems = new ProblemWriter();
		return http.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.securityContext(
					context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
			.authorizeHttpRequests(requests -> {
				// What was refused already is only being answered.
				requests.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
				requests.requestMatchers(HttpMethod.GET, "/actuator/health/**", "/actuator/health", "/livez", "/readyz")
					.permitAll();
				requests.requestMatchers(HttpMethod.GET, "/actuator/**").hasRole(Role.OPERATOR.name());
				rules.apply(requests);
				requests.anyRequest().denyAll();
			})
			.addFilter(bearerKeys(keys, problems))
			.exceptionHandling(handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
			.build();
	}

	/**
	 * What {@code oauth2ResourceServer} would add, without the description of an OAuth
	 * server that it shows to everyone at {@code /.well-known/oauth-protected-resource}.
	 */
	private static BearerTokenAuthenticationFilter bearerKeys(ApiKeys keys, ProblemWriter problems) {
		BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(
				new ProviderManager(new OpaqueTokenAuthenticationProvider(keys)));
		filter.setAuthenticationEntryPoint(problems);
		return filter;
	}

}
