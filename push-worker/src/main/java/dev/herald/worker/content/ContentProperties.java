package dev.herald.worker.content;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How content services are asked. All bounds are per application.
 *
 * @param keep how long an article is kept
 * @param keepMissing how long it is believed that there is no such article, or none that
 * can be shown
 * @param keepFailure how long an article is not asked for after its retries have failed
 * @param maxKept the most memory that kept articles take
 * @param connectTimeout how long connecting may take
 * @param timeout how long an answer may take, to its last byte
 * @param maxArticle the longest answer
 * @param maxConnections the most requests at a time
 * @param attempts how often an article is asked for in a row, at most
 * @param backoff how long after the first failure; doubled after each further one
 * @param breakerWait how long a content service that fails is left alone before it is
 * probed
 */
@ConfigurationProperties("herald.content")
public record ContentProperties(@DefaultValue("10m") Duration keep, @DefaultValue("30s") Duration keepMissing,
		@DefaultValue("5s") Duration keepFailure, @DefaultValue("16MB") DataSize maxKept,
		@DefaultValue("2s") Duration connectTimeout, @DefaultValue("2s") Duration timeout,
		@DefaultValue("64KB") DataSize maxArticle, @DefaultValue("16") int maxConnections,
		@DefaultValue("3") int attempts, @DefaultValue("100ms") Duration backoff,
		@DefaultValue("5s") Duration breakerWait) {

	/**
	 * @throws IllegalArgumentException if a value is out of its bounds
	 */
	public ContentProperties {
		positive("keep", keep);
		positive("keep-missing", keepMissing);
		positive("keep-failure", keepFailure);
		positive("connect-timeout", connectTimeout);
		positive("timeout", timeout);
		positive("backoff", backoff);
		positive("breaker-wait", breakerWait);
		within("max-connections", maxConnections, 1, 1000);
		within("attempts", attempts, 1, 10);
		within("max-article", maxArticle.toBytes(), 1, Integer.MAX_VALUE);
		within("max-kept", maxKept.toBytes(), maxArticle.toBytes(), Long.MAX_VALUE);
	}

	private static void positive(String name, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException("herald.content.%s must be positive, but was %s".formatted(name, value));
		}
	}

	private static void within(String name, long value, long least, long most) {
		if (value < least || value > most) {
			throw new IllegalArgumentException(
					"herald.content.%s must be %d to %d, but was %d".formatted(name, least, most, value));
		}
	}

}
