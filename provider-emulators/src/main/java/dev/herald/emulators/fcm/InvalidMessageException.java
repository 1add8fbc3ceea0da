package dev.herald.emulators.fcm;

import org.jspecify.annotations.Nullable;

/** A message that FCM would not take, and why. */
final class InvalidMessageException extends Exception {

	private final @Nullable String field;

	private final boolean foundByFcm;

	private InvalidMessageException(@Nullable String field, String description, boolean foundByFcm) {
		super(description, null, false, false);
		this.field = field;
		this.foundByFcm = foundByFcm;
	}

	/** The JSON is not of the API's shape: the front end says so, without an FCM code. */
	static InvalidMessageException shape(@Nullable String field, String description) {
		return new InvalidMessageException(field, description, false);
	}

	/** The shape is right and FCM does not take the content. */
	static InvalidMessageException content(@Nullable String field, String description) {
		return new InvalidMessageException(field, description, true);
	}

	@Nullable String field() {
		return this.field;
	}

	String description() {
		return String.valueOf(getMessage());
	}

	boolean foundByFcm() {
		return this.foundByFcm;
	}

}
