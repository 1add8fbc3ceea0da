package dev.herald.emulators.fcm;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.herald.emulators.credentials.ServiceAccount;
import org.jspecify.annotations.Nullable;

/**
 * The OAuth access tokens that were issued and hold. The newest ten thousand are kept; a
 * token dies with its service account's key.
 */
final class AccessTokens {

	private static final int MAX_TOKENS = 10_000;

	private final SecureRandom random = new SecureRandom();

	private final ConcurrentHashMap<String, Issued> tokens = new ConcurrentHashMap<>();

	private final Map<String, Boolean> byAge = new LinkedHashMap<>();

	private final Clock clock;

	private final Duration lifetime;

	AccessTokens(Clock clock, Duration lifetime) {
		this.clock = clock;
		this.lifetime = lifetime;
	}

	Duration lifetime() {
		return this.lifetime;
	}

	synchronized String issue(ServiceAccount account) {
		byte[] secret = new byte[48];
		this.random.nextBytes(secret);
		String token = "ya29.emulated." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
		if (this.byAge.size() >= MAX_TOKENS) {
			String oldest = this.byAge.keySet().iterator().next();
			this.byAge.remove(oldest);
			this.tokens.remove(oldest);
		}
		this.byAge.put(token, true);
		this.tokens.put(token, new Issued(account, this.clock.instant().plus(this.lifetime)));
		return token;
	}

	/** The account a token speaks for, null if the token does not hold. */
	@Nullable ServiceAccount holder(String token) {
		Issued issued = this.tokens.get(token);
		boolean holds = issued != null && issued.account().valid() && this.clock.instant().isBefore(issued.expiresAt());
		return (issued != null && holds) ? issued.account() : null;
	}

	/** Forgets an account's tokens, so that they stay dead if the account is restored. */
	synchronized void revoke(ServiceAccount account) {
		this.tokens.entrySet().removeIf((entry) -> entry.getValue().account() == account);
		this.byAge.keySet().retainAll(this.tokens.keySet());
	}

	private record Issued(ServiceAccount account, Instant expiresAt) {
	}

}
