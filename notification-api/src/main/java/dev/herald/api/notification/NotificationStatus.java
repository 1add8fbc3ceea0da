package dev.herald.api.notification;

/** What Herald did with a notification. */
public enum NotificationStatus {

	/** A job for each of its devices was published. */
	QUEUED("queued"),

	/** The user had no device to reach. */
	NO_DEVICES("no_devices"),

	/**
	 * The broker did not confirm all of its jobs, so it was not accepted and its sender
	 * was told so. Some of them may have been kept and sent all the same.
	 */
	WITHDRAWN("withdrawn");

	private final String value;

	NotificationStatus(String value) {
		this.value = value;
	}

	/** The name in tables and answers: lower case. */
	public String value() {
		return value;
	}

	static NotificationStatus of(String value) {
		for (NotificationStatus status : values()) {
			if (status.value.equals(value)) {
				return status;
			}
		}
		throw new IllegalArgumentException("unknown notification status \"" + value + "\"");
	}

}
