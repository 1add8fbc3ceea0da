package dev.herald.worker.campaign;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the notification API is, and how long it is waited for.
 *
 * @param url its address, such as {@code http://notification-api:8080}
 * @param apiKey a key of the role INTERNAL there
 * @param connectTimeout how long connecting may take
 * @param timeout how long an answer may take, from sending to its last byte
 */
@ConfigurationProperties("herald.notification-api")
public record NotificationApiProperties(URI url, String apiKey, @DefaultValue("500ms") Duration connectTimeout,
		@DefaultValue("2s") Duration timeout) {

	/**
	 * @throws IllegalArgumentException if a value is missing or out of its bounds
	 */
	public NotificationApiProperties {
		if (url == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
				|| url.getHost() == null) {
			throw new IllegalArgumentException(
					"herald.notification-api.url must be an address such as http://notification-api:8080, but was "
							+ url);
		}
		if (apiKey == null || apiKey.isBlank()) {
			throw new IllegalArgumentException("herald.notification-api.api-key is missing");
		}
		positive("connect-timeout", connectTimeout);
		positive("timeout", timeout);
	}

	private static void positive(String name, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException(
					"herald.notification-api.%s must be positive, but was %s".formatted(name, value));
		}
	}

	@Override
	public String toString() {
		return "NotificationApiProperties[url=%s, connectTimeout=%s, timeout=%s]".formatted(url, connectTimeout,
				timeout);
	}

}
