package dev.herald.api.http;

import dev.herald.base.security.ApiKeyProperties;
import io.github.bucket4j.TimeMeter;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {

	private final ApiKeyProperties keys;

	HttpConfiguration(ApiKeyProperties keys) {
		this.keys = keys;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new RateLimit(keys, TimeMeter.SYSTEM_NANOTIME));
	}

}
