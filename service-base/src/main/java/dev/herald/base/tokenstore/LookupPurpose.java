package dev.herald.base.tokenstore;

/**
 * What a look-up is for, and so which of the token store's two pools it takes a
 * connection from.
 */
public enum LookupPurpose {

	/** Somebody waits for the answer. */
	NOTIFICATION("notification"),

	/** Many devices at once, which must not hold up those that somebody waits for. */
	CAMPAIGN("campaign");

	private final String value;

	LookupPurpose(String value) {
		this.value = value;
	}

	/** The value of the parameter {@code for}. */
	String value() {
		return value;
	}

}
