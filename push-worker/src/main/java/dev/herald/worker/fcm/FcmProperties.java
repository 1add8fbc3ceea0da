package dev.herald.worker.fcm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How FCM is reached. The OAuth endpoint is the {@code token_uri} of each service
 * account.
 *
 * @param endpoint scheme, host and port of the HTTP v1 API
 * @param trustedCa a PEM file of certificates to trust instead of the JDK's, for FCM and
 * OAuth alike, or null
 * @param connections the most HTTP/2 connections of one application; each carries
 * {@value Http2Connections#STREAMS_PER_CONNECTION} pushes at a time
 * @param requestTimeout how long one push may take; Firebase (<em>Best practices when
 * sending FCM messages at scale</em>) asks for 10 s at least
 * @param connectTimeout how long a connection may take to open
 */
@ConfigurationProperties("herald.fcm")
public record FcmProperties(@DefaultValue("https://fcm.googleapis.com") URI endpoint, @Nullable Path trustedCa,
		@DefaultValue("10") int connections, @DefaultValue("15s") Duration requestTimeout,
		@DefaultValue("5s") Duration connectTimeout) {

	private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * @throws IllegalArgumentException if a value is outside its bounds
	 */
	public FcmProperties {
		if (!"https".equals(endpoint.getScheme()) || endpoint.getHost() == null) {
			throw new IllegalArgumentException(
					"herald.fcm.endpoint must be https://host or https://host:port, but was " + endpoint);
		}
		if (connections < 1 || connections > 64) {
			throw new IllegalArgumentException("herald.fcm.connections must be 1 to 64, but was " + connections);
		}
		if (requestTimeout.compareTo(SHORTEST_TIMEOUT) < 0) {
			throw new IllegalArgumentException(
					"herald.fcm.request-timeout must be 10s or more, but was " + requestTimeout);
		}
		if (connectTimeout.isNegative() || connectTimeout.isZero()) {
			throw new IllegalArgumentException(
					"herald.fcm.connect-timeout must be positive, but was " + connectTimeout);
		}
	}

}
