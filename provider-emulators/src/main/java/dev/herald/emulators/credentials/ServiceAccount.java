package dev.herald.emulators.credentials;

import java.security.KeyPair;
import java.security.PublicKey;

/** A Firebase service account with its one key, valid until it is revoked. */
public final class ServiceAccount {

	private final String application;

	private final String projectId;

	private final String keyId;

	private final KeyPair keys;

	private volatile boolean valid = true;

	ServiceAccount(String application, String projectId, String keyId, KeyPair keys) {
		this.application = application;
		this.projectId = projectId;
		this.keyId = keyId;
		this.keys = keys;
	}

	/** The application it sends for. */
	public String application() {
		return this.application;
	}

	/** The Firebase project, the one of this application alone. */
	public String projectId() {
		return this.projectId;
	}

	/** The account's address, which its assertions name as issuer. */
	public String clientEmail() {
		return "herald@" + this.projectId + ".iam.gserviceaccount.com";
	}

	/** The id of the key. */
	public String keyId() {
		return this.keyId;
	}

	/** Checks its assertions. */
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
