package dev.herald.benchmarks.lookup;

/** How the devices of one user in one application are asked for. */
public enum Question {

	/** All of them, as the token store does. */
	ALL("all devices of a user (ours)"),

	/** The newest, as the token store does. */
	NEWEST("newest device of a user (ours)"),

	/**
	 * The newest of each installation as the field asks for it: {@code id IN (SELECT
	 * MAX(id) … GROUP BY device_id)}.
	 */
	FIELD("id IN (SELECT MAX(id) … GROUP BY …)");

	private final String title;

	Question(String title) {
		this.title = title;
	}

	/** What it is called in tables. */
	String title() {
		return title;
	}

}
