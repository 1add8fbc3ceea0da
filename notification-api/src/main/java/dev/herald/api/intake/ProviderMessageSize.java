package dev.herald.api.intake;

import dev.herald.common.identity.Provider;
import dev.herald.common.json.HeraldJson;
import dev.herald.common.push.PushContent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How many bytes content takes at a provider, at the least: what is counted here is in
 * the provider's message however the push worker lays it out, so nothing is refused that
 * would have fitted.
 */
final class ProviderMessageSize {

	/**
	 * Apple, <em>Generating a remote notification</em>, and Firebase, <em>About FCM
	 * messages</em>, both 4,096 bytes.
	 */
	static final int LIMIT = 4096;

	private ProviderMessageSize() {
	}

	static int of(PushContent content, Provider provider) {
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
		return size;
	}

	/** Apple counts the JSON text, with the caller's fields beside {@code aps}. */
	private static int apns(PushContent content) {
		Map<String, Object> aps = new LinkedHashMap<>();
		aps.put("alert", Map.of("title", content.title(), "body", content.message()));
		if (content.badge() != null) {
			aps.put("badge", content.badge());
		}
		if (content.sound() != null) {
			aps.put("sound", content.sound());
		}
		int ownFields = Math.max(0, content.payload().utf8Length() - "{}".length());
		return HeraldJson.write(Map.of("aps", aps)).length + ownFields + imageLength(content.image());
	}

	private static int imageLength(@Nullable URI image) {
		return image == null ? 0 : utf8Length(image.toString());
	}

	private static int utf8Length(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
