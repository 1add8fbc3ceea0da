package dev.herald.emulators.http;

/** Answers requests. Called by many threads, none of which it may block. */
@FunctionalInterface
public interface Endpoint {

	/** Handles one request; an exception is answered by 500. */
	void handle(Request request, Exchange exchange);

}
