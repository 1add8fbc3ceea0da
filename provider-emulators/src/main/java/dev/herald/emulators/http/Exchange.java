package dev.herald.emulators.http;

import java.time.Duration;

/**
 * One request's way back. It ends in one of four ways: it is answered, its connection is
 * dropped, its connection is sent away, or nothing ever happens. All methods are called
 * on the thread that called {@link Endpoint#handle} or in a task given to {@link #later}.
 * Answering a client that has gone does nothing.
 */
public interface Exchange {

	/** Sends the answer. */
	void answer(Response response);

	/**
	 * Runs a task on the connection's thread after a delay, without holding the thread.
	 */
	void later(Duration delay, Runnable task);

	/** Closes the connection at once, every request on it unanswered. */
	void drop();

	/**
	 * HTTP/2: sends GOAWAY that names this request as not processed, lets earlier
	 * requests finish, and closes. HTTP/1.1, which has no such thing: {@link #drop()}.
	 */
	void goAway();

}
