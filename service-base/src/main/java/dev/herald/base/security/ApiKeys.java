package dev.herald.base.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Knows whose a presented API key is. Every configured key is compared, each in constant
 * time, so that the time taken tells nothing about any of them.
 */
final class ApiKeys implements OpaqueTokenIntrospector {

	private final List<Entry> entries;

	ApiKeys(ApiKeyProperties properties) {
		this.entries = properties.apiKeys().stream().map(Entry::of).toList();
	}

	@Override
	public OAuth2AuthenticatedPrincipal introspect(String presented) {
		byte[] hash = sha256(presented);
		Entry found = null;
		for (Entry entry : entries) {
			if (MessageDigest.isEqual(entry.hash, hash)) {
				found = entry;
			}
		}
		if (found == null) {
			throw new BadOpaqueTokenException("unknown API key");
		}
		return found.principal;
	}

	private static byte[] sha256(String key) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	@SuppressWarnings("ArrayRecordComponent") // never compared as a record
	private record Entry(byte[] hash, OAuth2AuthenticatedPrincipal principal) {

		static Entry of(ApiKeyProperties.ApiKey key) {
			Collection<GrantedAuthority> authorities = key.roles()
				.stream()
				.<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
				.toList();
			return new Entry(HexFormat.of().parseHex(key.sha256()),
					new DefaultOAuth2AuthenticatedPrincipal(key.name(), Map.of("sub", key.name()), authorities));
		}

	}

}
