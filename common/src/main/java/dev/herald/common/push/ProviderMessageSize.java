package dev.herald.common.push;

import dev.herald.common.identity.Provider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How many bytes content takes at a provider, laid out as the push worker does. It counts
 * at the least: names in the payload that the worker must move to others get longer on
 * the way.
 */
public final class ProviderMessageSize {

	/**
	 * Apple, <em>Generating a remote notification</em>, and Firebase, <em>About FCM
	 * messages</em>, both 4,096 bytes.
	 */
	public static final int LIMIT = 4096;

	private static final String ANY_NOTIFICATION_ID = new UUID(0, 0).toString();

	/** More than all names, signs and numbers that are laid out around the texts. */
	private static final int AROUND = 256;

	private static final int MOST_UTF8_BYTES = 3;

	/** Of a control character in JSON: a backslash, a u and four digits. */
	private static final int MOST_JSON_BYTES = 6;

	private ProviderMessageSize() {
	}

	/**
	 * The first of these providers at which content takes more than {@value #LIMIT}
	 * bytes.
	 */
	public static Optional<Excess> excess(PushContent content, Collection<Provider> providers) {
		if (atMost(content) <= LIMIT) {
			return Optional.empty();
		}
		return providers.stream()
			.map(provider -> new Excess(provider, of(content, provider)))
			.filter(size -> size.bytes() > LIMIT)
			.findFirst();
	}

	/**
	 * What content takes at any provider at the most, by the lengths of its texts: nearly
	 * every notification is so far from the limit that it need not be laid out for each.
	 */
	static int atMost(PushContent content) {
		int shown = content.title().length() + content.message().length() + length(content.sound())
				+ length(content.image());
		return AROUND + MOST_UTF8_BYTES * content.payload().json().length() + MOST_JSON_BYTES * shown;
	}

	private static int length(@Nullable Object text) {
		return text == null ? 0 : text.toString().length();
	}

	/** The bytes that content takes at a provider. */
	public static int of(PushContent content, Provider provider) {
		return switch (provider) {
			case FCM -> fcm(content);
			case APNS -> apns(content);
		};
	}

	/** Firebase counts the keys and values of {@code notification} and {@code data}. */
	private static int fcm(PushContent content) {
		int size = utf8Length(content.title()) + utf8Length(content.message()) + imageLength(content.image());
		for (Map.Entry<String, JsonNode> entry : content.payload().toTree().properties()) {
			JsonNode value = entry.getValue();
			size += utf8Length(entry.getKey()) + utf8Length(value.isString() ? value.stringValue() : value.toString());
		}
		return size + utf8Length(ApnsPayload.NOTIFICATION_ID) + utf8Length(ANY_NOTIFICATION_ID);
	}

	/** Apple counts the JSON text, with the caller's fields beside {@code aps}. */
	private static int apns(PushContent content) {
		return utf8Length(ApnsPayload.of(content, ANY_NOTIFICATION_ID, content.payload().fields()));
	}

	private static int imageLength(@Nullable URI image) {
		return image == null ? 0 : utf8Length(image.toString());
	}

	/**
	 * Whether text is longer than {@value #LIMIT} bytes in UTF-8. It is encoded only
	 * where it may be.
	 */
	public static boolean isTooLong(String text) {
		return text.length() > LIMIT / MOST_UTF8_BYTES && utf8Length(text) > LIMIT;
	}

	private static int utf8Length(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	/**
	 * Content that a provider would refuse.
	 *
	 * @param bytes how many it takes there
	 */
	public record Excess(Provider provider, int bytes) {
	}

}
