package dev.herald.benchmarks.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request as it goes over the wire, in HTTP/1.1. */
public final class LoadRequest {

	private final int kind;

	private final byte[] bytes;

	private LoadRequest(int kind, byte[] bytes) {
		this.kind = kind;
		this.bytes = bytes;
	}

	/** Tells samples apart; the caller's matter. */
	int kind() {
		return kind;
	}

	/** The whole request, not to be changed. */
	byte[] bytes() {
		return bytes;
	}

	/** A {@code GET}. */
	public static LoadRequest get(int kind, URI service, String path, String key) {
		return new LoadRequest(kind, bytes("GET", service, path, key, Map.of(), ""));
	}

	/** A {@code POST} of JSON. */
	public static LoadRequest post(int kind, URI service, String path, String key, Map<String, String> headers,
			String json) {
		return new LoadRequest(kind, bytes("POST", service, path, key, headers, json));
	}

	private static byte[] bytes(String method, URI service, String path, String key, Map<String, String> headers,
			String body) {
		byte[] content = body.getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder(256).append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
		header(head, "Host", service.getAuthority());
		header(head, "Authorization", "Bearer " + key);
		headers.forEach((name, value) -> header(head, name, value));
		if (content.length > 0) {
			header(head, "Content-Type", "application/json");
			header(head, "Content-Length", Integer.toString(content.length));
		}
		byte[] top = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
		byte[] all = java.util.Arrays.copyOf(top, top.length + content.length);
		System.arraycopy(content, 0, all, top.length, content.length);
		return all;
	}

	private static void header(StringBuilder head, String name, String value) {
		head.append(name).append(": ").append(value).append("\r\n");
	}

}
