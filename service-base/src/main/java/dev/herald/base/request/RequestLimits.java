package dev.herald.base.request;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/**
 * Refuses request bodies above {@code herald.max-request-size} with 413, so that no
 * caller can fill the memory.
 */
@Configuration(proxyBeanMethods = false)
public class RequestLimits {

	@Bean
	WildcardContentType wildcardContentType() {
		return new WildcardContentType();
	}

	@Bean
	BlankAccept blankAccept() {
		return new BlankAccept();
	}

	@Bean
	RequestSizeLimit requestSizeLimit(@Value("${herald.max-request-size}") DataSize limit,
			ObjectProvider<StreamedPath> streamed) {
		return new RequestSizeLimit(Math.toIntExact(limit.toBytes()), streamed.stream().toList());
	}

}
