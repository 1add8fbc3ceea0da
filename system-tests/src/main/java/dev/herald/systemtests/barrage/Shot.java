package dev.herald.systemtests.barrage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way, down to the bytes: what a well-behaved client would not send can
 * be said as well. For one thread.
 */
final class Shot {

	/**
	 * A header or a parameter of the query, of which there may be several by one name.
	 */
	record Pair(String name, String value) {
	}

	/** The operation it was made for. */
	final Operation operation;

	String method;

	/** The path as it is sent, without the query. */
	String path;

	final List<Pair> query = new ArrayList<>();

	final List<Pair> headers = new ArrayList<>();

	byte @Nullable [] body;

	/** How the body is framed. */
	Framing framing = Framing.LENGTH;

	/** What was done to it, in words. */
	String mutation = "valid";

	/** Whether a 400 for it has to name a field. */
	boolean aboutAField;

	/** Whether the connection may end without an answer. */
	boolean maySayNothing;

	/** How the end of a body is told. */
	enum Framing {

		/** By its length. */
		LENGTH,

		/** In chunks. */
		CHUNKED,

		/** In chunks that do not end before the other side has had enough. */
		ENDLESS,

		/** Not at all: the headers say what they say. */
		UNSAID

	}

	Shot(Operation operation, String path) {
		this.operation = operation;
		this.method = operation.method();
		this.path = path;
	}

	void setHeader(String name, String value) {
		removeHeader(name);
		headers.add(new Pair(name, value));
	}

	void removeHeader(String name) {
		headers.removeIf(header -> header.name().equalsIgnoreCase(name));
	}

	/** Everything up to the body. Characters above U+00FF become two or more bytes. */
	byte[] head() {
		StringBuilder head = new StringBuilder(method).append(' ').append(path);
		for (int i = 0; i < query.size(); i++) {
			head.append(i == 0 ? '?' : '&').append(query.get(i).name()).append('=').append(query.get(i).value());
		}
		head.append(" HTTP/1.1\r\n");
		headers.forEach(header -> head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
		switch (framing) {
			case LENGTH -> head.append(body == null ? "" : "Content-Length: " + body.length + "\r\n");
			case CHUNKED, ENDLESS -> head.append("Transfer-Encoding: chunked\r\n");
			case UNSAID -> {
			}
		}
		return head.append("Host: localhost\r\nConnection: close\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
	}

	/** For people: the beginning of what is sent. */
	@Override
	public String toString() {
		ByteArrayOutputStream shown = new ByteArrayOutputStream();
		byte[] head = head();
		shown.write(head, 0, Math.min(head.length, 1500));
		if (body != null) {
			shown.write(body, 0, Math.min(body.length, 1000));
		}
		return "[%s, %s]%n%s".formatted(operation, mutation, shown.toString(StandardCharsets.UTF_8));
	}

}
