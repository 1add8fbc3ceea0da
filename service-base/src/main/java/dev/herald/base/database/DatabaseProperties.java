package dev.herald.base.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database of a service and its two pools.
 *
 * @param url a JDBC URL
 * @param username an account with rights on this service's schema alone
 * @param password its password
 * @param api the pool for what people and services wait for
 * @param worker the pool for what campaigns and workers cause
 * @param instances how many instances of this service share the server, for the check of
 * its connection limit
 */
@ConfigurationProperties("herald.database")
public record DatabaseProperties(String url, String username, @DefaultValue("") String password, @DefaultValue Pool api,
		@DefaultValue Pool worker, @DefaultValue("1") int instances) {

	/**
	 * @throws IllegalArgumentException if the URL or the user name is missing, or there
	 * are no instances
	 */
	public DatabaseProperties {
		if (url == null || !url.startsWith("jdbc:")) {
			throw new IllegalArgumentException(
					"herald.database.url must be a JDBC URL such as jdbc:mysql://host:3306/schema, but was " + url);
		}
		if (username == null || username.isBlank()) {
			throw new IllegalArgumentException("herald.database.username is missing");
		}
		if (instances < 1) {
			throw new IllegalArgumentException("herald.database.instances must be 1 or more, but was " + instances);
		}
	}

	@Override
	public String toString() {
		return "DatabaseProperties[url=%s, username=%s, api=%s, worker=%s]".formatted(url, username, api, worker);
	}

	/**
	 * One pool.
	 *
	 * @param maximumPoolSize the most connections it opens
	 * @param connectionTimeout how long a caller waits for one
	 */
	public record Pool(@DefaultValue("8") int maximumPoolSize, @DefaultValue("1s") Duration connectionTimeout) {

		/**
		 * @throws IllegalArgumentException if the size is not 1 to 1,000
		 */
		public Pool {
			if (maximumPoolSize < 1 || maximumPoolSize > 1000) {
				throw new IllegalArgumentException(
						"herald.database maximum-pool-size must be 1 to 1000, but was " + maximumPoolSize);
			}
		}

	}

}
