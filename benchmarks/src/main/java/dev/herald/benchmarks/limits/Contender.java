package dev.herald.benchmarks.limits;

import dev.herald.common.identity.Provider;

/** A provider's library as it may be used. */
public enum Contender {

	/** pushy; every send is asynchronous. */
	PUSHY(Provider.APNS, "pushy"),

	/** firebase-admin as it comes. */
	FIREBASE_DEFAULT(Provider.FCM, "firebase-admin, default transport"),

	/**
	 * firebase-admin on virtual threads over the transport that the push worker gives it.
	 */
	FIREBASE_BEST(Provider.FCM, "firebase-admin, Herald's transport");

	private final Provider provider;

	private final String title;

	Contender(Provider provider, String title) {
		this.provider = provider;
		this.title = title;
	}

	/** Whose library it is. */
	Provider provider() {
		return provider;
	}

	/** What it is called in tables. */
	String title() {
		return title;
	}

}
