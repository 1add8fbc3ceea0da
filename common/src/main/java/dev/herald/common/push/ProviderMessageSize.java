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
import tools.jackson.databind.node.ObjectNode;

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

	private ProviderMessageSize() {
	}

	/**
	 * The first of these providers at which content takes more than {@value #LIMIT}
	 * bytes.
	 */
	public static Optional<Excess> excess(PushContent content, Collection<Provider> providers) {
		return providers.stream()
			.map(provider -> new Excess(provider, of(content, provider)))
			.filter(size -> size.bytes() > LIMIT)
			.findFirst();
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
		for (Map.Entry<String, JsonNode> entry : withNotificationId(content).properties()) {
			JsonNode value = entry.getValue();
			size += utf8Length(entry.getKey()) + utf8Length(value.isString() ? value.stringValue() : value.toString());
		}
		return size;
	}

	/** Apple counts the JSON text, with the caller's fields beside {@code aps}. */
	private static int apns(PushContent content) {
		ObjectNode message = withNotificationId(content);
		message.set(ApsDictionary.NAME, ApsDictionary.of(content));
		if (content.image() != null) {
			message.put("image", content.image().toString());
		}
		return utf8Length(message.toString());
	}

	private static ObjectNode withNotificationId(PushContent content) {
		return content.payload().toTree().put("notification_id", ANY_NOTIFICATION_ID);
	}

	private static int imageLength(@Nullable URI image) {
		return image == null ? 0 : utf8Length(image.toString());
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
