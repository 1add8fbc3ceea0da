package dev.herald.common.push;

import dev.herald.common.json.HeraldJson;
import java.io.StringWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The JSON that APNs is sent: what iOS shows, under {@code aps}, and beside it what the
 * app gets (Apple, <em>Generating a remote notification</em>).
 */
public final class ApnsPayload {

	private static final String APS = "aps";

	/** Where a notification service extension finds the picture to fetch. */
	private static final String IMAGE = "image";

	/** Names beside those of the app's own fields. */
	public static final Set<String> RESERVED = Set.of(APS, IMAGE);

	/** The name under which the app finds the notification's id. */
	public static final String NOTIFICATION_ID = "notification_id";

	private static final int USUAL_LENGTH = 512;

	private ApnsPayload() {
	}

	/**
	 * Lays out content.
	 * @param callersFields what the caller has for the app: the text of a JSON object
	 * without its braces, empty for nothing
	 */
	public static String of(PushContent content, String notificationId, String callersFields) {
		StringWriter text = new StringWriter(USUAL_LENGTH);
		try (JsonGenerator json = HeraldJson.mapper().createGenerator(text)) {
			json.writeStartObject();
			json.writeName(APS);
			writeAps(content, json);
			writeIfAny(IMAGE, content.image(), json);
			json.writeStringProperty(NOTIFICATION_ID, notificationId);
			if (!callersFields.isEmpty()) {
				json.writeRaw(',');
				json.writeRaw(callersFields);
			}
			json.writeEndObject();
		}
		return text.toString();
	}

	private static void writeAps(PushContent content, JsonGenerator json) {
		json.writeStartObject();
		json.writeObjectPropertyStart("alert");
		if (!content.title().isEmpty()) {
			json.writeStringProperty("title", content.title());
		}
		json.writeStringProperty("body", content.message());
		json.writeEndObject();
		if (content.badge() != null) {
			json.writeNumberProperty("badge", content.badge());
		}
		writeIfAny("sound", content.sound(), json);
		if (content.image() != null) {
			json.writeNumberProperty("mutable-content", 1);
		}
		json.writeEndObject();
	}

	private static void writeIfAny(String name, @Nullable Object text, JsonGenerator json) {
		if (text != null) {
			json.writeStringProperty(name, text.toString());
		}
	}

}
