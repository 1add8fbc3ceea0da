package dev.herald.emulators.http;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** A request whose body has arrived as far as the server's limit allows. */
public final class Request {

	private final String method;

	private final String path;

	private final RequestHeaders headers;

	private final byte[] body;

	private final boolean truncated;

	Request(String method, String path, RequestHeaders headers, byte[] body, boolean truncated) {
		this.method = method;
		this.path = path;
		this.headers = headers;
		this.body = body;
		this.truncated = truncated;
	}

	/** {@code GET}, {@code POST}, ... */
	public String method() {
		return this.method;
	}

	/** Path and query, as sent. */
	public String path() {
		return this.path;
	}

	/** The first value of a header, null if there is none. */
	public @Nullable String header(CharSequence lowerCaseName) {
		return this.headers.get(lowerCaseName);
	}

	/** The body itself, not a copy: for reading only. */
	public byte[] body() {
		return this.body;
	}

	/** The body as text. */
	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/** Whether the body was longer than the server's limit, and the rest left out. */
	public boolean truncated() {
		return this.truncated;
	}

}
