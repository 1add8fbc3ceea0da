package dev.herald.base.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * What a service opens, and to whom. A service has one bean of this type; whatever it
 * does not name stays closed to everyone.
 */
@FunctionalInterface
public interface AccessRules {

	/**
	 * Names the service's paths and the role each asks for, such as
	 * {@code hasRole(Role.SENDER.name())}.
	 */
	void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests);

}
