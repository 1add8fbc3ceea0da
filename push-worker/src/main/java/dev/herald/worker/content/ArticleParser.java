package dev.herald.worker.content;

import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.json.MalformedMessageException;
import dev.herald.common.push.Payload;
import dev.herald.common.push.ProviderMessageSize;
import dev.herald.common.push.PushContent;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a content service answers. Pure. */
final class ArticleParser {

	private ArticleParser() {
	}

	/**
	 * Reads an article.
	 * @param providers those that it must fit
	 */
	static ArticleAnswer parse(byte[] json, Set<Provider> providers) {
		try {
			PushContent content = HeraldJson.read(json, Article.class).content();
			return ProviderMessageSize.excess(content, providers)
				.map(ArticleParser::tooLarge)
				.orElseGet(() -> new ArticleAnswer.Found(content));
		}
		catch (MalformedMessageException | IllegalArgumentException ex) {
			return new ArticleAnswer.Unusable("the article cannot be shown: " + ex.getMessage());
		}
	}

	private static ArticleAnswer tooLarge(ProviderMessageSize.Excess excess) {
		return new ArticleAnswer.Unusable("the article takes %d bytes at %s, which takes %d at most"
			.formatted(excess.bytes(), excess.provider(), ProviderMessageSize.LIMIT));
	}

	private record Article(@Nullable String title, @Nullable String message, @Nullable Payload payload,
			@Nullable Integer badge, @Nullable String sound, @Nullable URI image) {

		PushContent content() {
			if ((title == null || title.isBlank()) && (message == null || message.isBlank())) {
				throw new IllegalArgumentException("title or message must be given and not blank");
			}
			if (badge != null && badge < 0) {
				throw new IllegalArgumentException("badge must be 0 or more, but was " + badge);
			}
			if (image != null && (!"https".equalsIgnoreCase(image.getScheme()) || image.getHost() == null)) {
				throw new IllegalArgumentException("image must be an https URL, but was \"" + image + "\"");
			}
			return new PushContent(Objects.requireNonNullElse(title, ""), Objects.requireNonNullElse(message, ""),
					Objects.requireNonNullElse(payload, Payload.EMPTY), badge, sound, image);
		}

	}

}
