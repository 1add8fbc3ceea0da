package dev.herald.common.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A push provider: the vendor's service that brings a push to the phone. */
public enum Provider {

	/** Firebase Cloud Messaging, over its HTTP v1 API. */
	FCM("fcm"),

	/** Apple Push Notification service, over HTTP/2 with token authentication. */
	APNS("apns");

	private final String value;

	Provider(String value) {
		this.value = value;
	}

	/** The name on the wire, in queue names and in tables: lower case. */
	@JsonValue
	public String value() {
		return value;
	}

	/**
	 * @throws IllegalArgumentException if no provider has this name
	 */
	@JsonCreator
	public static Provider of(String value) {
		for (Provider provider : values()) {
			if (provider.value.equals(value)) {
				return provider;
			}
		}
		throw new IllegalArgumentException("provider must be fcm or apns, but was " + Identifiers.quoted(value));
	}

	@Override
	public String toString() {
		return value;
	}

}
