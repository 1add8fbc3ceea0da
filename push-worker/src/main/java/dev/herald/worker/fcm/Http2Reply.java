package dev.herald.worker.fcm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole reply.
 *
 * @param status of HTTP
 * @param headers names are in lower case
 * @param body may be empty
 */
record Http2Reply(int status, List<Map.Entry<String, String>> headers, byte[] body) {

	/** The first value of a header, by its name in lower case. */
	@Nullable String header(String name) {
		return headers.stream()
			.filter(header -> header.getKey().equals(name))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/** The body, taken for UTF-8. */
	String text() {
		return new String(body, StandardCharsets.UTF_8);
	}

}
