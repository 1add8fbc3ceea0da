package dev.herald.quickstart;

/**
 * Where the services listen, on loopback.
 *
 * @param api the notification API
 * @param tokenStore the token store
 * @param worker the push worker, which has only health and metrics
 */
record Ports(int api, int tokenStore, int worker) {

	/** The services' usual ports, for somebody who copies commands. */
	static final Ports USUAL = new Ports(8080, 8081, 8082);

	/** Whatever is free, for a run that nobody types at. */
	static final Ports ANY = new Ports(0, 0, 0);

}
