package dev.herald.emulators.apns;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.herald.emulators.credentials.ApnsKey;
import dev.herald.emulators.credentials.CredentialStore;
import dev.herald.emulators.credentials.Jwt;
import org.jspecify.annotations.Nullable;

/**
 * Checks provider tokens (Apple's page <em>Establishing a token-based connection to
 * APNs</em>). A signature is verified once for each distinct token, of which a bounded
 * number is remembered; revocation and age count at every request.
 */
final class ProviderTokens {

	private static final Duration MAX_AGE = Duration.ofHours(1);

	/** How far a sender's clock may be ahead. */
	private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

	private static final int MAX_REMEMBERED = 10_000;

	private static final String BEARER = "bearer ";

	private final CredentialStore credentials;

	private final Clock clock;

	private final ConcurrentHashMap<String, Verified> verified = new ConcurrentHashMap<>();

	ProviderTokens(CredentialStore credentials, Clock clock) {
		this.credentials = credentials;
		this.clock = clock;
	}

	Check check(@Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return new Refused(ApnsReason.MISSING_PROVIDER_TOKEN);
		}
		Verified token = this.verified.get(authorization);
		if (token == null) {
			token = verify(authorization.substring(BEARER.length())).orElse(null);
			if (token == null) {
				return new Refused(ApnsReason.INVALID_PROVIDER_TOKEN);
			}
			remember(authorization, token);
		}
		return check(token);
	}

	private Check check(Verified token) {
		long age = this.clock.instant().getEpochSecond() - token.issuedAt();
		if (!token.key().valid() || age < -CLOCK_SKEW.toSeconds()) {
			return new Refused(ApnsReason.INVALID_PROVIDER_TOKEN);
		}
		return (age > MAX_AGE.toSeconds()) ? new Refused(ApnsReason.EXPIRED_PROVIDER_TOKEN) : new Trusted(token.key());
	}

	private Optional<Verified> verify(String compact) {
		return Jwt.parse(compact).flatMap(this::verify);
	}

	private Optional<Verified> verify(Jwt token) {
		String keyId = token.keyId();
		ApnsKey key = (keyId != null) ? this.credentials.apnsKeyOfId(keyId) : null;
		boolean right = key != null && key.teamId().equals(token.claim("iss")) && token.seconds("iat") >= 0
				&& token.isSignedByEs256(key.publicKey());
		return (key != null && right) ? Optional.of(new Verified(key, token.seconds("iat"))) : Optional.empty();
	}

	private void remember(String authorization, Verified token) {
		if (this.verified.size() >= MAX_REMEMBERED) {
			this.verified.clear();
		}
		this.verified.put(authorization, token);
	}

	sealed interface Check {

	}

	record Trusted(ApnsKey key) implements Check {
	}

	record Refused(ApnsReason reason) implements Check {
	}

	private record Verified(ApnsKey key, long issuedAt) {
	}

}
