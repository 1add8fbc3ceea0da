package dev.herald.emulators.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Answers 500 where another endpoint fails, so that no client waits for a bug of ours.
 */
record SafeEndpoint(Endpoint endpoint) implements Endpoint {

	private static final Logger logger = System.getLogger(SafeEndpoint.class.getName());

	@Override
	public void handle(Request request, Exchange exchange) {
		try {
			this.endpoint.handle(request, exchange);
		}
		catch (RuntimeException ex) {
			logger.log(Level.ERROR, "The emulator failed on " + request.method() + " " + request.path(), ex);
			exchange.answer(Response.of(500, "text/plain; charset=UTF-8", "The emulator failed, see its log"));
		}
	}

}
