package dev.herald.testsupport;

/** What a test of an outage does to a server. */
interface Switch {

	/** Takes it away in good order. */
	void stop();

	/** Brings it back on the same address, after {@link #stop()} or {@link #kill()}. */
	void start();

	/** Takes it away at once, as a power failure does. */
	void kill();

	/** Leaves it there, but mute. */
	void pause();

	/** Lets it go on after {@link #pause()}. */
	void resume();

}
