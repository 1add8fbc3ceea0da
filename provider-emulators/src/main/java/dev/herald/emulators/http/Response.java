package dev.herald.emulators.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer: immutable, so that one may be given many times. */
public final class Response {

	private final int status;

	private final List<Header> headers;

	private final byte[] body;

	private Response(int status, List<Header> headers, byte[] body) {
		this.status = status;
		this.headers = headers;
		this.body = body;
	}

	/** A status without a body. */
	public static Response empty(int status) {
		return new Response(status, List.of(), new byte[0]);
	}

	/** A JSON body. */
	public static Response json(int status, String json) {
		return of(status, "application/json; charset=UTF-8", json);
	}

	/** A JSON body, already encoded. The array is not copied: it must not change. */
	public static Response json(int status, byte[] json) {
		return new Response(status, List.of(new Header("content-type", "application/json; charset=UTF-8")), json);
	}

	/** A body of any type, encoded in UTF-8. */
	public static Response of(int status, String contentType, String body) {
		return new Response(status, List.of(new Header("content-type", contentType)),
				body.getBytes(StandardCharsets.UTF_8));
	}

	/** The same answer with one header more. */
	public Response with(String lowerCaseName, String value) {
		List<Header> more = new ArrayList<>(this.headers);
		more.add(new Header(lowerCaseName, value));
		return new Response(this.status, List.copyOf(more), this.body);
	}

	/** The HTTP status. */
	public int status() {
		return this.status;
	}

	List<Header> headers() {
		return this.headers;
	}

	byte[] body() {
		return this.body;
	}

	record Header(String name, String value) {
	}

}
