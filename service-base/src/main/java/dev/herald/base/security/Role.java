package dev.herald.base.security;

/** What the holder of an API key may do. */
public enum Role {

	/** Sends notifications and asks what became of them: the company's other services. */
	SENDER,

	/** Registers and logs out devices: the back end of the mobile apps. */
	REGISTRAR,

	/** Runs Herald: metrics, dead letters, campaigns. */
	OPERATOR,

	/** Herald's own services among themselves. */
	INTERNAL

}
