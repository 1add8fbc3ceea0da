package dev.herald.base.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as it is on the wire, also where no client would let a request through. */
record RawHttp(int port) {

	Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
		Map<String, String> all = new LinkedHashMap<>(Map.of("Host", "localhost", "Connection", "close"));
		if (body != null) {
			all.put("Content-Type", "application/json");
			all.put("Content-Length", String.valueOf(bytes(body).length));
		}
		all.putAll(headers);
		StringBuilder request = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path));
		all.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
		request.append("\r\n").append(body == null ? "" : body);
		try (Socket socket = new Socket("localhost", port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(bytes(request.toString()));
			return Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** The names of headers are in lower case. */
	record Answer(int status, Map<String, String> headers, String body) {

		static Answer of(String text) {
			String[] parts = text.split("\r\n\r\n", 2);
			String[] lines = parts[0].split("\r\n");
			Map<String, String> headers = new LinkedHashMap<>();
			for (int i = 1; i < lines.length; i++) {
				String[] header = lines[i].split(":", 2);
				headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
			}
			String body = "chunked".equals(headers.get("transfer-encoding")) ? unchunked(parts[1]) : parts[1];
			return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
		}

		private static String unchunked(String chunks) {
			StringBuilder body = new StringBuilder();
			String[] lines = chunks.split("\r\n");
			for (int i = 1; i < lines.length; i += 2) {
				body.append(lines[i]);
			}
			return body.toString();
		}

		String header(String name) {
			return headers.getOrDefault(name, "");
		}

		JsonNode json() {
			return JsonMapper.shared().readTree(body);
		}

	}

}
