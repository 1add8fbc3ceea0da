package dev.herald.base.applications;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The company's own HTTP service that turns an article id into what is shown.
 *
 * @param url its address, with {@value #PLACE} where the article id goes, such as
 * {@code https://content.acme.example/articles/{article_id}}
 * @param token a file with the bearer token it asks for, or null
 */
public record ContentService(String url, @Nullable Path token) {

	/** What stands in the address for the article id. */
	public static final String PLACE = "{article_id}";

	/**
	 * @throws IllegalArgumentException if the address is none, or has no one place for
	 * the article id behind its host
	 */
	public ContentService {
		int place = url.indexOf(PLACE);
		URI example = place < 0 || url.indexOf(PLACE, place + 1) >= 0 ? null : parsed(url.replace(PLACE, "1"));
		if (example == null || !("https".equals(example.getScheme()) || "http".equals(example.getScheme()))
				|| example.getHost() == null || example.getUserInfo() != null || example.getFragment() != null
				|| place < url.indexOf('/', "https://".length())) {
			throw new IllegalArgumentException(
					"url must be an address such as https://content.acme.example/articles/%s, with one %s behind its host, but was \"%s\""
						.formatted(PLACE, PLACE, url));
		}
	}

	/**
	 * The address of one article. Whatever the id, it names something of this service and
	 * nothing above the place for it.
	 */
	public URI article(String articleId) {
		String encoded = URLEncoder.encode(articleId, StandardCharsets.UTF_8).replace("+", "%20");
		// A segment of dots alone is a step up; the encoder leaves dots as they are.
		String segment = encoded.chars().allMatch(c -> c == '.') ? encoded.replace(".", "%2E") : encoded;
		return URI.create(url.replace(PLACE, segment));
	}

	/** The service without the articles, for logs: who it is. */
	public String host() {
		URI example = URI.create(url.replace(PLACE, "1"));
		return example.getPort() < 0 ? example.getHost() : example.getHost() + ":" + example.getPort();
	}

	private static @Nullable URI parsed(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
