package dev.herald.base.security;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The API keys that a service takes.
 *
 * @param apiKeys the keys; without any, every request but those for health is refused
 */
@ConfigurationProperties("herald")
public record ApiKeyProperties(@DefaultValue List<ApiKey> apiKeys) {

	/**
	 * @throws IllegalArgumentException if two keys share a name or a hash
	 */
	public ApiKeyProperties {
		apiKeys = List.copyOf(apiKeys);
		Set<String> seen = new HashSet<>();
		for (ApiKey key : apiKeys) {
			if (!seen.add(key.name()) || !seen.add(key.sha256())) {
				throw new IllegalArgumentException(
						"herald.api-keys must differ in name and sha256, but \"%s\" repeats one".formatted(key.name()));
			}
		}
	}

	/**
	 * One key, of which only the hash is kept. The keys are random and long (see the
	 * README on how to make one), so a plain SHA-256 cannot be searched; a slow hash
	 * would only slow every request.
	 *
	 * @param name who holds it, for logs, limits and idempotency
	 * @param roles what it allows
	 * @param sha256 the SHA-256 of the key, 64 hexadecimal digits
	 * @param requestsPerSecond how many requests a second its holder may make, or null
	 * for no limit
	 */
	public record ApiKey(String name, Set<Role> roles, String sha256, @Nullable Integer requestsPerSecond) {

		private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

		private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

		/**
		 * @throws IllegalArgumentException if a value has another form
		 */
		public ApiKey {
			if (name == null || !NAME.matcher(name).matches()) {
				throw new IllegalArgumentException(
						"herald.api-keys[].name must be 1 to 64 letters, digits, dots, hyphens or underscores, but was \""
								+ name + "\"");
			}
			if (roles == null || roles.isEmpty()) {
				throw new IllegalArgumentException(
						"herald.api-keys[].roles of \"%s\" must name at least one role".formatted(name));
			}
			if (sha256 == null || !SHA256.matcher(sha256).matches()) {
				throw new IllegalArgumentException(
						"herald.api-keys[].sha256 of \"%s\" must be 64 hexadecimal digits".formatted(name));
			}
			if (requestsPerSecond != null && requestsPerSecond < 1) {
				throw new IllegalArgumentException(
						"herald.api-keys[].requests-per-second of \"%s\" must be positive, ".formatted(name)
								+ "but was " + requestsPerSecond);
			}
			roles = Set.copyOf(roles);
		}

		@Override
		public String toString() {
			return "ApiKey[name=%s, roles=%s]".formatted(name, roles);
		}

	}

}
