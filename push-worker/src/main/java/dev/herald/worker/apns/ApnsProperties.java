package dev.herald.worker.apns;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How APNs is reached.
 *
 * @param endpoint {@code host:port} instead of Apple's two servers, for both
 * environments, or null
 * @param trustedCa a PEM file of certificates to trust instead of the JDK's, or null
 * @param connections connections of each application and environment
 * @param requestTimeout how long one push may take
 * @param connectTimeout how long a connection may take to open
 * @param ioThreads threads that serve the connections of all applications: a push that is
 * handed to a connection of another thread costs more, and one makes several ten thousand
 * a second
 */
@ConfigurationProperties("herald.apns")
public record ApnsProperties(@Nullable String endpoint, @Nullable Path trustedCa, @DefaultValue("2") int connections,
		@DefaultValue("15s") Duration requestTimeout, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("1") int ioThreads) {

	private static final Pattern HOST_AND_PORT = Pattern.compile("[^\\s:/]+:[1-9][0-9]{0,4}");

	/**
	 * @throws IllegalArgumentException if a value is outside its bounds
	 */
	public ApnsProperties {
		if (endpoint != null && !HOST_AND_PORT.matcher(endpoint).matches()) {
			throw new IllegalArgumentException("herald.apns.endpoint must be host:port, but was " + endpoint);
		}
		requireBetween("connections", connections, 64);
		requireBetween("io-threads", ioThreads, 64);
		requirePositive("request-timeout", requestTimeout);
		requirePositive("connect-timeout", connectTimeout);
	}

	private static void requireBetween(String name, int value, int most) {
		if (value < 1 || value > most) {
			throw new IllegalArgumentException(
					"herald.apns.%s must be 1 to %d, but was %d".formatted(name, most, value));
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException("herald.apns.%s must be positive, but was %s".formatted(name, value));
		}
	}

}
