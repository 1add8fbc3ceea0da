package dev.herald.emulators.apns;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** What a person would see of a payload; read in one pass, without building a tree. */
final class ApnsPayload {

	private static final JsonMapper json = JsonMapper.shared();

	private boolean hasAps;

	private @Nullable String title;

	private @Nullable String body;

	private @Nullable String notificationId;

	private ApnsPayload() {
	}

	/** Empty if it is not a JSON object with an {@code aps} dictionary. */
	static Optional<ApnsPayload> read(byte[] payload) {
		ApnsPayload read = new ApnsPayload();
		try (JsonParser parser = json.createParser(payload)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return Optional.empty();
			}
			read.readTop(parser);
			return (read.hasAps && parser.nextToken() == null) ? Optional.of(read) : Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private void readTop(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if (name.equals("aps") && value == JsonToken.START_OBJECT) {
				this.hasAps = true;
				readAps(parser);
			}
			else if (name.equals("notification_id") && value == JsonToken.VALUE_STRING) {
				this.notificationId = parser.getString();
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void readAps(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if (name.equals("alert") && value == JsonToken.START_OBJECT) {
				readAlert(parser);
			}
			else if (name.equals("alert") && value == JsonToken.VALUE_STRING) {
				this.body = parser.getString();
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void readAlert(JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if (name.equals("title") && value == JsonToken.VALUE_STRING) {
				this.title = parser.getString();
			}
			else if (name.equals("body") && value == JsonToken.VALUE_STRING) {
				this.body = parser.getString();
			}
			else {
				parser.skipChildren();
			}
		}
	}

	@Nullable String title() {
		return this.title;
	}

	@Nullable String body() {
		return this.body;
	}

	@Nullable String notificationId() {
		return this.notificationId;
	}

}
