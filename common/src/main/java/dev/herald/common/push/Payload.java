package dev.herald.common.push;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.herald.common.json.HeraldJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The caller's own data of a notification: a JSON object that Herald hands to the app and
 * does not look into. It is kept as text, since on its way through the services nobody
 * needs its parts.
 *
 * @param json the text of one JSON object
 */
public record Payload(@JsonValue @JsonRawValue String json) {

	/** The payload of a notification that has none. */
	public static final Payload EMPTY = new Payload("{}");

	/** Takes a parsed object. */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static Payload of(ObjectNode object) {
		return object.isEmpty() ? EMPTY : new Payload(object.toString());
	}

	/**
	 * Takes text that must be a JSON object.
	 * @throws IllegalArgumentException if it is anything else
	 */
	public static Payload parse(String json) {
		try {
			if (HeraldJson.mapper().readTree(json) instanceof ObjectNode object) {
				return of(object);
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("payload must be a JSON object, but is not JSON", ex);
		}
		throw new IllegalArgumentException("payload must be a JSON object, but is another JSON value");
	}

	/** The parts, as a tree of the caller's own: changing it changes nothing here. */
	public ObjectNode toTree() {
		JsonNode tree = HeraldJson.mapper().readTree(json);
		return (ObjectNode) tree;
	}

	/**
	 * The length of the text in UTF-8, in bytes: what counts against a provider's limit.
	 */
	public int utf8Length() {
		return json.getBytes(StandardCharsets.UTF_8).length;
	}

}
