package dev.herald.tokenstore.registration;

import dev.herald.tokenstore.device.RegisteredDevice;

/**
 * How a registration ended.
 *
 * @param device the row as it is now
 */
record Registered(Kind kind, RegisteredDevice device) {

	/** What the registration did. */
	enum Kind {

		/** A new row; nobody held the device or the token. */
		NEW("new"),

		/** The user was logged in on this device already: the row stays, refreshed. */
		REFRESHED("refreshed"),

		/**
		 * A new row; the device or the token was taken from another login, which ended.
		 */
		MOVED("moved");

		private final String value;

		Kind(String value) {
			this.value = value;
		}

		/** The name in metrics. */
		String value() {
			return value;
		}

	}

}
