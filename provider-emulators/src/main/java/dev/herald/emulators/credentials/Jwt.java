package dev.herald.emulators.credentials;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed JSON Web Token in compact form, as both providers take it: FCM's token
 * endpoint in RS256, APNs in ES256.
 */
public final class Jwt {

	private static final int P256_SIGNATURE_BYTES = 64;

	private static final JsonMapper json = JsonMapper.shared();

	private final String signed;

	private final JsonNode header;

	private final JsonNode claims;

	private final byte[] signature;

	private Jwt(String signed, JsonNode header, JsonNode claims, byte[] signature) {
		this.signed = signed;
		this.header = header;
		this.claims = claims;
		this.signature = signature;
	}

	/** Reads a token without checking anything about it; empty if it is not one. */
	public static Optional<Jwt> parse(String compact) {
		int claimsAt = compact.indexOf('.') + 1;
		int signatureAt = compact.lastIndexOf('.') + 1;
		if (claimsAt == 0 || signatureAt == claimsAt) {
			return Optional.empty();
		}
		try {
			return Optional.of(new Jwt(compact.substring(0, signatureAt - 1), read(compact.substring(0, claimsAt - 1)),
					read(compact.substring(claimsAt, signatureAt - 1)),
					Base64.getUrlDecoder().decode(compact.substring(signatureAt))));
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return Optional.empty();
		}
	}

	private static JsonNode read(String base64) {
		return json.readTree(Base64.getUrlDecoder().decode(base64));
	}

	/** The key id of the header, null if it has none. */
	public @Nullable String keyId() {
		return this.header.path("kid").asString(null);
	}

	/** A claim's text, null if it is not there. */
	public @Nullable String claim(String name) {
		return this.claims.path(name).asString(null);
	}

	/** A claim that is a time in seconds since 1970, -1 if it is not there. */
	public long seconds(String name) {
		return this.claims.path(name).asLong(-1);
	}

	/** Whether this key signed the token by RS256. */
	public boolean isSignedByRs256(PublicKey key) {
		return isSigned("RS256", "SHA256withRSA", key);
	}

	/**
	 * Whether this key signed the token by ES256. The standard's form of the signature is
	 * the two numbers of 32 bytes each; pushy sends DER, which APNs takes too.
	 */
	public boolean isSignedByEs256(PublicKey key) {
		boolean plain = this.signature.length == P256_SIGNATURE_BYTES;
		return isSigned("ES256", plain ? "SHA256withECDSAinP1363Format" : "SHA256withECDSA", key);
	}

	private boolean isSigned(String algorithm, String javaAlgorithm, PublicKey key) {
		if (!algorithm.equals(this.header.path("alg").asString(null))) {
			return false;
		}
		try {
			Signature verifier = Signature.getInstance(javaAlgorithm);
			verifier.initVerify(key);
			verifier.update(this.signed.getBytes(StandardCharsets.US_ASCII));
			return verifier.verify(this.signature);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
