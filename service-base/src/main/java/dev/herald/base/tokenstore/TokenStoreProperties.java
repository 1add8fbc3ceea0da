package dev.herald.base.tokenstore;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the token store is, and how long it is waited for.
 *
 * @param url its address, such as {@code http://token-store:8081}
 * @param apiKey a key of the role INTERNAL there
 * @param connectTimeout how long connecting may take
 * @param timeout how long a look-up may take, from sending to the last byte of the answer
 */
@ConfigurationProperties("herald.token-store")
public record TokenStoreProperties(URI url, String apiKey, @DefaultValue("500ms") Duration connectTimeout,
		@DefaultValue("1s") Duration timeout) {

	/**
	 * @throws IllegalArgumentException if a value is missing or out of its bounds
	 */
	public TokenStoreProperties {
		if (url == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
				|| url.getHost() == null) {
			throw new IllegalArgumentException(
					"herald.token-store.url must be an address such as http://token-store:8081, but was " + url);
		}
		if (apiKey == null || apiKey.isBlank()) {
			throw new IllegalArgumentException("herald.token-store.api-key is missing");
		}
		positive("connect-timeout", connectTimeout);
		positive("timeout", timeout);
	}

	private static void positive(String name, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException(
					"herald.token-store.%s must be positive, but was %s".formatted(name, value));
		}
	}

	@Override
	public String toString() {
		return "TokenStoreProperties[url=%s, connectTimeout=%s, timeout=%s]".formatted(url, connectTimeout, timeout);
	}

}
