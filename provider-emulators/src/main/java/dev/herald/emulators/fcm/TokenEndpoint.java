package dev.herald.emulators.fcm;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.herald.emulators.credentials.CredentialStore;
import dev.herald.emulators.credentials.Jwt;
import dev.herald.emulators.credentials.ServiceAccount;
import dev.herald.emulators.http.Endpoint;
import dev.herald.emulators.http.Exchange;
import dev.herald.emulators.http.Request;
import dev.herald.emulators.http.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /token}: an access token for an assertion that a service account signed
 * (Google's <em>Using OAuth 2.0 for Server to Server Applications</em>).
 */
final class TokenEndpoint implements Endpoint {

	private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

	private static final Duration MAX_ASSERTION_LIFETIME = Duration.ofHours(1);

	private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

	private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/firebase.messaging",
			"https://www.googleapis.com/auth/cloud-platform");

	/** The one that Google's libraries name, whatever the account's token_uri says. */
	private static final String GOOGLES_AUDIENCE = "https://oauth2.googleapis.com/token";

	private static final JsonMapper json = JsonMapper.shared();

	private final CredentialStore credentials;

	private final AccessTokens tokens;

	private final Set<String> audiences;

	private final URI rightAudience;

	private final Clock clock;

	TokenEndpoint(CredentialStore credentials, AccessTokens tokens, List<URI> audiences, Clock clock) {
		this.credentials = credentials;
		this.tokens = tokens;
		this.rightAudience = audiences.getFirst();
		this.audiences = Stream.concat(Stream.of(GOOGLES_AUDIENCE), audiences.stream().map(URI::toString))
			.collect(Collectors.toUnmodifiableSet());
		this.clock = clock;
	}

	@Override
	public void handle(Request request, Exchange exchange) {
		exchange.answer(answer(request));
	}

	private Response answer(Request request) {
		if (!request.path().equals("/token")) {
			return FcmResponses.notFound(request.path());
		}
		if (!request.method().equals("POST")) {
			return error(405, "invalid_request", "Expected POST");
		}
		Map<String, String> form = form(request.text());
		if (!JWT_BEARER.equals(form.get("grant_type"))) {
			return error(400, "unsupported_grant_type", "Invalid grant_type: " + form.get("grant_type"));
		}
		Optional<Jwt> assertion = Jwt.parse(form.getOrDefault("assertion", ""));
		return assertion.map(this::exchange).orElseGet(() -> invalidGrant("Bad JWT: the assertion cannot be read"));
	}

	private Response exchange(Jwt assertion) {
		String issuer = assertion.claim("iss");
		ServiceAccount account = (issuer != null) ? this.credentials.accountOfEmail(issuer) : null;
		if (account == null) {
			return invalidGrant("Invalid grant: account not found");
		}
		String problem = problem(assertion, account);
		if (problem != null) {
			return invalidGrant(problem);
		}
		if (!asksForMessaging(assertion)) {
			return error(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
		}
		return Response.json(200, json.writeValueAsBytes(Map.of("access_token", this.tokens.issue(account),
				"expires_in", this.tokens.lifetime().toSeconds(), "token_type", "Bearer")));
	}

	private @Nullable String problem(Jwt assertion, ServiceAccount account) {
		if (!account.valid() || !assertion.isSignedByRs256(account.publicKey())) {
			return "Invalid JWT Signature.";
		}
		if (!this.audiences.contains(String.valueOf(assertion.claim("aud")))) {
			return "Invalid JWT: Failed audience check. The right audience is " + this.rightAudience;
		}
		long now = this.clock.instant().getEpochSecond();
		long issuedAt = assertion.seconds("iat");
		long expiresAt = assertion.seconds("exp");
		boolean timely = issuedAt >= 0 && issuedAt <= now + CLOCK_SKEW.toSeconds() && expiresAt > now
				&& expiresAt - issuedAt <= MAX_ASSERTION_LIFETIME.toSeconds();
		return timely ? null : "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
				+ "timeframe. Check your iat and exp values in the JWT claim.";
	}

	private static boolean asksForMessaging(Jwt assertion) {
		List<String> asked = List.of(String.valueOf(assertion.claim("scope")).split(" "));
		return SCOPES.stream().anyMatch(asked::contains);
	}

	private static Response invalidGrant(String description) {
		return error(400, "invalid_grant", description);
	}

	private static Response error(int status, String error, String description) {
		return Response.json(status, json.writeValueAsBytes(Map.of("error", error, "error_description", description)));
	}

	private static Map<String, String> form(String body) {
		Map<String, String> fields = new HashMap<>();
		for (String field : body.split("&")) {
			int equals = field.indexOf('=');
			if (equals > 0) {
				fields.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
			}
		}
		return fields;
	}

	private static String decode(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
