package dev.herald.emulators.credentials;

import java.security.KeyPair;
import java.security.PublicKey;

/** An APNs signing key of a team, valid until it is revoked. */
public final class ApnsKey {

	private final String application;

	private final String teamId;

	private final String keyId;

	private final KeyPair keys;

	private volatile boolean valid = true;

	ApnsKey(String application, String teamId, String keyId, KeyPair keys) {
		this.application = application;
		this.teamId = teamId;
		this.keyId = keyId;
		this.keys = keys;
	}

	/** The application, which is the team's only topic. */
	public String application() {
		return this.application;
	}

	/** The team, ten characters. */
	public String teamId() {
		return this.teamId;
	}

	/** The key's id, ten characters. */
	public String keyId() {
		return this.keyId;
	}

	/** Checks its provider tokens. */
	public PublicKey publicKey() {
		return this.keys.getPublic();
	}

	/** Whether it is not revoked. */
	public boolean valid() {
		return this.valid;
	}

	KeyPair keys() {
		return this.keys;
	}

	void setValid(boolean valid) {
		this.valid = valid;
	}

}
