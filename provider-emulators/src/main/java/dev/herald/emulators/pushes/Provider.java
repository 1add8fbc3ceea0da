package dev.herald.emulators.pushes;

import java.util.Locale;

/** The two push providers. */
public enum Provider {

	/** Firebase Cloud Messaging. */
	FCM,

	/** The Apple Push Notification service. */
	APNS;

	/** The name used in URLs and JSON: {@code fcm}, {@code apns}. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The provider of a wire name.
	 * @throws IllegalArgumentException if there is no such provider
	 */
	public static Provider of(String wireName) {
		return switch (wireName) {
			case "fcm" -> FCM;
			case "apns" -> APNS;
			default -> throw new IllegalArgumentException(
					"There is no provider '%s', expected 'fcm' or 'apns'".formatted(wireName));
		};
	}

	/**
	 * A well-formed device token, the same for the same number: for tests, demonstrations
	 * and load, whose devices need tokens that the emulator does not call malformed.
	 */
	public String sampleToken(long number) {
		return switch (this) {
			case FCM -> "emulated%014d:APA91b%016x".formatted(number, number);
			case APNS -> "%064x".formatted(number);
		};
	}

}
